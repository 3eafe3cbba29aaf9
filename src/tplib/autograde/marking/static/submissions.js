// On nbgrader's page of a notebook's submissions: who was late, who lacks this notebook, and who handed in nothing.
"use strict";

(function () {
    function group(title, items) {
        const row = document.createElement("p"), head = document.createElement("strong");
        head.textContent = `${title} (${items.length}): `;
        row.append(head);
        items.forEach((item, index) => row.append(index ? ", " : "", item));
        return items.length ? [row] : [];
    }

    function link(row) {
        const element = document.createElement("a");
        element.href = `${base_url}/formgrader/submissions/${row.id}/`;
        element.textContent = `#${row.number}`;
        const both = document.createElement("span");
        both.append(element, ` ${row.by}`);
        return both;
    }

    window.addEventListener("load", function () {
        const names = [assignment_id, notebook_id].map(encodeURIComponent).join("/");
        fetch(`${base_url}/formgrader/api/tplib/lateness/${names}`).then((answer) => answer.json()).then(function (found) {
            const panel = document.createElement("div");
            panel.className = "alert alert-warning tplib-lateness";
            panel.append(
                ...group(`Late, after ${found.due}`, found.late.map(link)),
                ...group("Handed in without this notebook", found.missing),
                ...group("Handed in nothing", found.absent),
            );
            if (panel.children.length) {
                document.querySelector("table").before(panel);
            }
        });
    });
})();
