// On nbgrader's page of one submission: the marking scheme beside each answer, points in one click, comments of the
// course's bank, and the way to the next answer that nobody has marked. Marks are saved by nbgrader's own models.
"use strict";

// nbgrader's page takes MathJax from the network, and without it has no keys at all. Formulas here are MathML anyway.
window.MathJax = window.MathJax || {"Hub": {"Startup": {"signal": {"Interest": function () {}}}}};

(function () {
    const AUTO = "tplib-go-on", ORDER = "tplib-order"; // what this browser remembers
    let data = null; // what our server says of this submission
    let cells = []; // {name, panel, score, comment, grade, remark}, in the order of the page
    let current = null; // of these, the one that keys are for
    let failed = ""; // why something is not saved

    function make(tag, className, text) {
        const element = document.createElement(tag);
        element.className = className || "";
        if (text !== undefined) {
            element.textContent = text;
        }
        return element;
    }

    function button(className, text, action) {
        const element = make("button", className, text);
        element.type = "button";
        element.addEventListener("click", action);
        return element;
    }

    function block(title, content) {
        const section = make("section", "tplib-scheme");
        section.append(make("h5", "", title));
        const body = make("div", "rendered_html");
        body.innerHTML = content; // the instructor's text, sanitised by our server
        section.append(body);
        return section;
    }

    // --- one answer

    function furnish(cell) {
        const beside = data.cells[cell.name];
        const body = cell.panel.querySelector(".panel-body");
        const columns = make("div", "tplib-columns"), answer = make("div", "tplib-answer");
        answer.append(...body.childNodes);
        columns.append(answer, schemeOf(beside));
        body.append(columns);
        const tools = make("div", "tplib-tools");
        tools.append(stepsOf(cell, beside));
        if (cell.comment) {
            cell.bank = make("div", "tplib-bank");
            cell.bank.setAttribute("role", "toolbar");
            cell.bank.setAttribute("aria-label", "Comments of the bank");
            tools.append(cell.bank);
            cell.comment.setAttribute("aria-label", "Comment on " + cell.name);
        }
        const footer = cell.panel.querySelector(".panel-footer");
        footer ? footer.prepend(tools) : cell.panel.append(tools);
        cell.score.setAttribute("aria-label", "Points for " + cell.name);
        cell.panel.addEventListener("focusin", () => choose(cell));
        cell.grade.on("change sync", () => showMark(cell));
        showMark(cell);
        showBank(cell);
    }

    function schemeOf(beside) {
        const aside = make("aside", "tplib-beside");
        if (beside && beside.scheme) {
            aside.append(block("Marking scheme", beside.scheme));
        } else {
            aside.append(make("p", "tplib-none", data.problem || "This answer has no marking scheme in source/."));
        }
        if (beside && beside.answer) {
            const details = make("details");
            details.append(make("summary", "", "Model answer"), block("", beside.answer));
            aside.append(details);
        }
        return aside;
    }

    function stepsOf(cell, beside) {
        const most = cell.grade.get("max_score");
        const group = make("div", "btn-group btn-group-sm tplib-steps");
        group.setAttribute("role", "toolbar");
        group.setAttribute("aria-label", "Points");
        let steps = (beside && beside.steps) || [0, most / 2, most];
        if (steps[steps.length - 1] !== most) { // source/ was changed after grading
            steps = [0, most / 4, most / 2, 3 * most / 4, most];
        }
        cell.step = steps.length > 1 ? steps[1] - steps[0] : most;
        cell.steps = steps.map(function (points) {
            const element = button("btn btn-default", String(points), () => give(cell, points));
            element.dataset.points = points;
            return element;
        });
        group.append(...cell.steps);
        return group;
    }

    function showMark(cell) {
        const given = cell.grade.get("manual_score");
        cell.steps.forEach(function (element) {
            element.setAttribute("aria-pressed", given !== null && Number(given) === Number(element.dataset.points));
        });
        const open = cell.grade.get("needs_manual_grade");
        data.unmarked = data.unmarked.filter((row) => row[0] !== submission_id || row[1] !== cell.name);
        if (open) {
            data.unmarked.push([submission_id, cell.name]);
            sort();
        }
        cell.panel.classList.toggle("tplib-unmarked", open);
        showBar();
    }

    function showBank(cell) {
        if (!cell.bank) {
            return;
        }
        const own = data.comments[cell.name] || [], at = [...cell.bank.children].indexOf(document.activeElement);
        cell.bank.replaceChildren(...[...own, ...data.every].map(function (text) {
            const element = button("btn btn-default btn-xs", text.split("\n")[0], () => say(cell, text));
            element.title = text;
            element.setAttribute("aria-pressed", said(cell).includes(text));
            return element;
        }), button("btn btn-link btn-xs tplib-keep", "Keep comment for this answer", () => keep(cell, cell.name)),
        button("btn btn-link btn-xs tplib-keep", "for every answer", () => keep(cell, "")));
        if (at >= 0) {
            cell.bank.children[at].focus();
        }
        if (data.comments_problem) {
            cell.bank.append(make("span", "tplib-none", data.comments_problem));
        }
    }

    // A field for numbers drops a decimal comma in most browsers, and nbgrader cuts what is then too large: 0,5 was 5.
    function takeDecimals(grade, field, attribute, most) {
        field.type = "text";
        field.inputMode = "decimal";
        field.autocomplete = "off";
        field.addEventListener("change", function (event) { // before nbgrader's, which stands further up
            const text = field.value.trim().replace(",", "."), points = Number(text);
            if (points >= 0 && points <= most) {
                field.value = text;
                return;
            }
            const range = most === Infinity ? "0 or more" : `0 to ${most}`;
            failed = `not saved: ${field.value} is not a number of points (${range})`;
            field.value = grade.get(attribute) === null ? "" : grade.get(attribute);
            event.stopPropagation();
            tell(failed);
        });
    }

    function stepBy(cell, steps) {
        const points = (Number(cell.score.value.replace(",", ".")) || 0) + steps * cell.step;
        cell.score.value = Math.min(cell.grade.get("max_score"), Math.max(0, points));
        cell.score.dispatchEvent(new Event("change", {"bubbles": true}));
    }

    // --- what a click does

    function give(cell, points) {
        choose(cell);
        cell.grade.save({"manual_score": points}, {success: () => localStorage.getItem(AUTO) && next()});
    }

    function said(cell) {
        return cell.comment.value.split("\n\n");
    }

    function say(cell, text) { // a second click takes it back
        choose(cell);
        const before = said(cell).filter((part) => part.trim());
        const after = before.includes(text) ? before.filter((part) => part !== text) : [...before, text];
        cell.comment.value = after.join("\n\n");
        cell.remark.save({"manual_comment": cell.comment.value}, {success: () => showBank(cell)});
    }

    function keep(cell, name) {
        const body = JSON.stringify({"assignment": assignment_id, "cell": name, "comment": cell.comment.value});
        $.ajax({"method": "POST", "url": base_url + "/api/tplib/comments", "data": body}).done(function (answer) {
            const bank = JSON.parse(answer);
            Object.assign(data.comments, bank.comments);
            data.every = bank.every;
            cells.forEach(showBank);
            tell("kept in marking_comments.md");
        }).fail(function (request) {
            const answer = request.responseText || "";
            tell(answer.startsWith("{") ? JSON.parse(answer).problem : "the comment could not be kept");
        });
    }

    // --- from answer to answer

    function choose(cell) {
        if (cell !== current) {
            cells.forEach((other) => other.panel.classList.toggle("tplib-current", other === cell));
            current = cell;
        }
        formgrader.last_selected = $(cell.score);
    }

    function goTo(cell) {
        choose(cell);
        cell.panel.scrollIntoView({"block": "center"});
        cell.score.focus({"preventScroll": true});
        cell.score.select();
    }

    function sort() {
        const place = (row) => cells.findIndex((cell) => cell.name === row[1]);
        data.unmarked.sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : place(a) - place(b));
    }

    function following() { // the next unmarked answer after the current one, in the order that was chosen
        const place = (row) => cells.findIndex((cell) => cell.name === row[1]);
        const key = localStorage.getItem(ORDER) === "question"
            ? (row) => [place(row), row[0]] : (row) => [row[0], place(row)];
        const less = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
        const here = key([submission_id, current ? current.name : ""]);
        const rows = [...data.unmarked].sort((a, b) => less(key(a), key(b)) ? -1 : 1);
        return rows.find((row) => less(here, key(row))) || rows.find((row) => less(key(row), here));
    }

    function next() {
        whenSaved(function () {
            const row = following();
            if (!row) {
                tell("all answers are marked");
            } else if (row[0] === submission_id) {
                goTo(cells.find((cell) => cell.name === row[1]));
            } else {
                window.location = base_url + "/submissions/" + row[0] + "/#mark=" + encodeURIComponent(row[1]);
            }
        });
    }

    function whenSaved(action) { // nothing is left behind that was typed, or that could not be saved
        const field = document.activeElement;
        failed = "";
        if (field && field.matches("input, textarea")) {
            field.blur(); // a change is saved by nbgrader
        }
        setTimeout(function () {
            const go = () => failed ? tell(failed) : action();
            $.active ? $(document).one("ajaxStop", go) : go();
        }, 0);
    }

    // --- the bar at the bottom, and keys

    function showBar() {
        const here = data.unmarked.filter((row) => row[0] === submission_id).length;
        document.getElementById("tplib-left").textContent =
            data.unmarked.length ? `To be marked: ${here} here, ${data.unmarked.length} in all` : "All answers are marked";
    }

    function tell(text) {
        document.getElementById("tplib-told").textContent = text;
    }

    function addBar() {
        const bar = make("div", "tplib-bar"), left = make("span"), told = make("span");
        left.id = "tplib-left";
        told.id = "tplib-told";
        told.setAttribute("role", "status");
        const order = make("select");
        order.setAttribute("aria-label", "Which answer comes next");
        order.append(new Option("the rest of this student first", "student"),
            new Option("the same question of all students first", "question"));
        order.value = localStorage.getItem(ORDER) || "student";
        order.addEventListener("change", () => localStorage.setItem(ORDER, order.value));
        const label = make("label"), box = make("input");
        box.type = "checkbox";
        box.checked = Boolean(localStorage.getItem(AUTO));
        box.addEventListener("change", () => localStorage.setItem(AUTO, box.checked ? "yes" : ""));
        label.append(box, " go on after each mark");
        bar.append(left, button("btn btn-primary btn-sm", "Next to be marked (n)", next), order, label, told);
        document.body.append(bar);
    }

    const KEYS = {
        "n": ["Go to the next answer that is to be marked", next],
        "f": ["Full marks for the answer", () => give(current, current.grade.get("max_score"))],
        "z": ["No marks for the answer", () => give(current, 0)],
        "s": ["Choose points: arrows, then Enter", () => current.steps[0].focus()],
        "b": ["Choose a comment of the bank: arrows, then Enter", () => current.bank && current.bank.firstChild.focus()],
        "c": ["Write a comment; Ctrl+Enter saves it and goes on", () => current.comment && current.comment.focus()],
    };

    function onKey(event) {
        const target = event.target, bar = target.closest("[role=toolbar]");
        const handle = function (action) {
            event.preventDefault();
            event.stopImmediatePropagation();
            action();
        };
        if (!current || event.altKey || event.metaKey || document.querySelector(".modal.in")) {
            return;
        } else if (event.key === "Enter" && (event.ctrlKey ? target.matches("textarea") : target.matches(".score"))) {
            handle(next);
        } else if (target.matches("textarea, select, .extra-credit") || event.ctrlKey) {
            return;
        } else if (bar && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
            const all = [...bar.children], at = all.indexOf(target) + (event.key === "ArrowLeft" ? -1 : 1);
            handle(() => all[(at + all.length) % all.length].focus());
        } else if (target === current.score && ["ArrowUp", "ArrowDown"].includes(event.key)) {
            handle(() => stepBy(current, event.key === "ArrowUp" ? 1 : -1));
        } else if (["Enter", " "].includes(event.key) && target.matches("button")) {
            event.stopImmediatePropagation(); // nbgrader would take Enter from the button
        } else if (KEYS[event.key]) {
            handle(KEYS[event.key][1]);
        } else if (/^\d$/.test(event.key) && !target.matches("input")) {
            current.score.focus(); // what is typed begins a number of points
            current.score.select();
        }
    }

    // --- at the beginning

    function start() {
        formgrader.grades.each(function (grade) {
            const name = grade.get("name"), score = document.getElementById(name);
            const panel = score && score.closest(".nbgrader_cell");
            if (panel) {
                takeDecimals(grade, score, "manual_score", grade.get("max_score"));
                takeDecimals(grade, panel.querySelector(".extra-credit"), "extra_credit", Infinity);
            }
            const open = grade.get("needs_manual_grade") || grade.get("cell_type") === "TaskCell";
            if (panel && (data.cells[name] || open)) {
                const comment = document.getElementById(name + "-comment");
                const remark = formgrader.comments.find((model) => model.get("name") === name);
                cells.push({name, panel, score, comment: remark && comment, grade, remark});
            }
        });
        cells.sort((a, b) => a.panel.compareDocumentPosition(b.panel) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
        addBar();
        $(document).ajaxError(() => { failed = "not saved: is the server still there?"; });
        cells.forEach(furnish);
        if (data.late) {
            document.querySelector(".tplib-bar").prepend(make("span", "label", "late by " + data.late));
        }
        for (const [key, [help]] of Object.entries(KEYS)) {
            formgrader.keyboard_manager.help[key] = help;
        }
        document.addEventListener("keydown", onKey, true);
        const asked = decodeURIComponent((/#mark=(.*)/.exec(window.location.hash) || [])[1] || "");
        const first = cells.find((cell) => cell.name === asked)
            || cells.find((cell) => cell.grade.get("needs_manual_grade"));
        if (first) {
            goTo(first);
        }
        document.body.classList.add("tplib-ready");
    }

    window.addEventListener("load", function () {
        const address = base_url + "/api/tplib/marking/" + submission_id;
        fetch(address).then((answer) => answer.json()).then(function (found) {
            data = found;
            const wait = () => formgrader.grades && formgrader.grades.loaded && formgrader.comments.loaded
                ? start() : setTimeout(wait, 50);
            wait();
        });
    });
})();
