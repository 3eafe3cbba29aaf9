"""What a hostile notebook can hold: each tries to set `window.hacked`, to ask a server, or to open a dialog."""

from __future__ import annotations

import base64
from typing import Any

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
RUN = "window.hacked=1;alert(1)"
AWAY = "http://attacker.invalid/seen"
FRAME = base64.b64encode(f"<script>parent.{RUN}</script>".encode()).decode()
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"><script>{RUN}</script><image href="{AWAY}"/></svg>'

HTML = {
    "script": f"<script>{RUN}</script>",
    "script in pieces": f"<scr<script></script>ipt>{RUN}</scr<script></script>ipt>",
    "handler": f"<img src=x onerror='{RUN}'><details open ontoggle='{RUN}'>x</details><body onload='{RUN}'>",
    "svg": SVG,
    "svg handler": f"<svg><animate onbegin='{RUN}' attributeName=x dur=1s></svg>",
    "iframe": f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe><iframe src='javascript:{RUN}'>",
    "object": f"<object data='{AWAY}'></object><embed src='{AWAY}'>",
    "base": f"<base href='{AWAY}/'>",
    "refresh": f"<meta http-equiv=refresh content='0;url={AWAY}'>",
    "link": f"<link rel=stylesheet href='{AWAY}'><link rel=prefetch href='{AWAY}'>",
    "style": f"<style>@import '{AWAY}'; body {{background: url({AWAY})}} nav {{display: none}}</style>",
    "style value": f"<p style='background: url({AWAY})'>x</p><p style='background: u\\72l({AWAY})'>x</p>",
    "cover": "<div style='position:fixed;top:0;left:0;width:100%;height:100%;margin-top:-900px'>full marks</div>",
    "picture": f"<img src='{AWAY}'><img srcset='{AWAY} 1x'><video poster='{AWAY}'></video>",
    "scripts of links": f"<a href='javascript:{RUN}'>x</a><a href=' java&#10;script:{RUN}'>x</a>",
    "form": f"<form action='{AWAY}'><button formaction='javascript:{RUN}'>x</button></form>",
    "noscript": f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    "math namespace": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RUN}'>",
    "clobber": "<form id=submission_id></form><a id=check-double name=base_url class='score tabbable'>x</a>",
    "mathjax": f"<script type='math/tex'>\\href{{javascript:{RUN}}}{{x}}</script>$\\href{{javascript:{RUN}}}{{x}}$",
    "entity": f"$&#92;href{{javascript:{RUN}}}{{x}}$",
}
MARKDOWN = {
    **HTML,
    "link in markdown": f"[x](javascript:{RUN}) <javascript:{RUN}> [y](data:text/html;base64,{FRAME}) [z](evil.html)",
    "picture in markdown": f'![x]({AWAY}) ![y]("onerror={RUN})',
    "attachment": "![x](attachment:x) ![missing](attachment:none)",
    "mermaid": f'```mermaid\ngraph TD\nA[<img src=x onerror={RUN}>]\nclick A href "javascript:{RUN}"\n```',
    "code": f"```{RUN}'\"><script>{RUN}</script>\nx\n```",
}


def data(mime: str, value: Any, kind: str = "display_data", **metadata: Any) -> dict[str, Any]:
    output = {"output_type": kind, "data": {mime: value, "text/plain": "plain"}, "metadata": metadata}
    return output | ({"execution_count": f"<img src=x onerror={RUN}>"} if kind == "execute_result" else {})


OUTPUTS = [
    *(data("text/html", text) for text in HTML.values()),
    *(data("text/markdown", text) for text in MARKDOWN.values() if "attachment:" not in text),
    data("text/html", HTML["script"], **{"text/html": {"isolated": True}}),
    data("application/javascript", RUN),
    data("text/javascript", RUN),
    data("image/svg+xml", SVG),
    data("text/latex", f"$\\href{{javascript:{RUN}}}{{x}}$ <script>{RUN}</script>"),
    data("text/vnd.mermaid", f"graph TD; A[<img src=x onerror={RUN}>]"),
    data("application/vnd.jupyter.widget-view+json", {"model_id": "a", "version_major": 2}),
    data("application/vnd.plotly.v1+json", {"data": []}),
    data("image/png", PNG, **{"image/png": {"width": f"1 onerror={RUN}", "height": 1}}),
    data("image/png", f"AAAA\" onerror='{RUN}'"),
    data("image/png", PNG, filenames={"image/png": AWAY}),
    data("text/html", HTML["handler"], "execute_result"),
    {"output_type": "stream", "name": "stdout", "text": f"\x1b[31mred\x1b[0m <script>{RUN}</script>"},
    {"output_type": "stream", "name": f"<script>{RUN}</script>", "text": "odd stream"},
    {"output_type": "error", "ename": f"<b onclick={RUN}>", "evalue": "", "traceback": [f"<script>{RUN}</script>"]},
]


def infect(notebook: Any) -> None:
    """Put all of it into a graded notebook, below what is there."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

    notebook.cells += [new_markdown_cell(text) for text in MARKDOWN.values()]
    notebook.cells[-1]["attachments"] = {
        "x": {"image/svg+xml": base64.b64encode(SVG.encode()).decode(), "text/html": SVG}
    }
    notebook.cells.append(new_raw_cell(HTML["script"], metadata={"raw_mimetype": "text/html"}))
    cell = new_code_cell("1 + 1  # </pre><script>" + RUN + "</script>")
    cell["outputs"], cell["execution_count"] = OUTPUTS, f"<script>{RUN}</script>"
    cell["metadata"] = {
        "nbgrader": {"grade": True, "solution": True, "grade_id": f"'><script>{RUN}</script>", "points": RUN},
        "tags": [f"<script>{RUN}</script>"],
        "magics_language": f"'><script>{RUN}</script>",
    }
    cell["id"] = f"'><script>{RUN}</script>"
    notebook.cells.append(cell)
    notebook.metadata |= {
        "title": f"</title><script>{RUN}</script>",
        "authors": [{"name": f"<script>{RUN}</script>"}],
        "language_info": {"name": f"'><script>{RUN}</script>", "pygments_lexer": f"'><script>{RUN}</script>"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a": f"</script><script>{RUN}</script>"}}},
    }
    notebook.metadata.kernelspec.display_name = f"<script>{RUN}</script>"
