"""nbgrader's pages with submissions, made safe to open: feedback, and what the form grader shows.

`configure(c)` sets this up in an nbgrader configuration for both kinds of page. `preprocessors.MakeHarmless` changes
the graded notebook itself, for programs that do not read that configuration.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import GetGrades

from tplib.autograde.bridge.feedback_contents import GetContents
from tplib.autograde.bridge.patches import form_grader_exporter
from tplib.autograde.html.hidden import HideHidden
from tplib.autograde.html.safehtml import BLOCK, clean_html
from tplib.autograde.html.sanitize import clean_cell, clean_metadata, lexer_of, render
from tplib.autograde.limited import Bounds, StoppedError, in_child
from tplib.autograde.texts import number

TEMPLATE_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
TEMPLATES = Path(__file__).parent / "templates"
GET_GRADES = "nbgrader.preprocessors.GetGrades"
PAGE = Bounds(processor=20, clock=60, memory=2 << 30)  # for one page; an ordinary one takes less than a second
STAND_IN = (
    "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>{name}</title></head>"
    "<body><p>The page of {name} could not be made: {reason}.</p></body></html>\n"
)
UNDESCRIBED = re.compile(r"<img(?=\s)(?![^>]*\salt=)", re.IGNORECASE)
# In nbgrader's pages columns of tables touch, and nothing shows that a hint can be unfolded.
STYLE = "<style>td, th { padding: 0.1em 0.7em 0.1em 0 } summary { display: list-item; cursor: pointer }</style>"
NO_DESCRIPTION = "No description has been provided for this image"
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """nbconvert's filter of this name, sanitised. A text that nbconvert cannot read is shown as it is written."""
    attachments = context.get("cell", {}).get("attachments", {})
    return BLOCK.format(render(str(source), attachments))


def clean_block(text: Any) -> str:
    """In the place of nbconvert's filter clean_html: sanitised, and nothing of it covers the page around."""
    return BLOCK.format(clean_html(text))


class Sanitize(Preprocessor):
    """For HTML pages: sanitises outputs, attachments and metadata in the copy that is rendered. None needs MathJax."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "enabled": True})

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        for cell in nb.cells:
            clean_cell(cell)
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "text/latex" in data:
                    data.setdefault("text/markdown", data.pop("text/latex"))
        clean_metadata(nb)
        return nb, resources


class FormGraderExporter(HTMLExporter):
    """Makes the form grader's pages in a child: the server goes on answering whatever a notebook holds."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        def page() -> bytes:
            return HTMLExporter.from_filename(self, filename, resources, **kw)[0].encode("utf-8", "replace")

        try:
            return in_child(page, PAGE).decode(), {}
        except StoppedError as stopped:
            return STAND_IN.format(name=html.escape(Path(filename).name), reason=html.escape(str(stopped))), {}


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML without scripts, and with a policy that forbids what sanitising might have missed."""

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:
        """As in HTMLExporter, without its last step: it parses the whole page to describe images, which takes longer
        than all before."""
        lexer = lexer_of(nb.metadata)
        self.register_filter("number", number)
        resources = self._init_resources(resources)
        self.register_filter(
            "highlight_code", self.filters.get("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))
        )
        self.register_filter(
            "filter_data_type",
            WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources),
        )
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        page = TEMPLATE_SCRIPT.sub("", page).replace("<head>", f"<head>\n{meta}", 1)
        page = page.replace("</head>", f"{STYLE}\n</head>", 1)
        return UNDESCRIBED.sub(f'<img alt="{NO_DESCRIPTION}"', page), resources


def configure(c: Any) -> None:
    """Through nbgrader's configuration `c`, make the pages of feedback and of the form grader safe to open."""
    exporter = c.HTMLExporter
    exporter.sanitize_html = True
    exporter.optimistic_validation = True  # at the end: what sanitising repairs must not stop a page before
    exporter.filters = {**_given(exporter, "filters", {}), "clean_html": clean_block, "markdown2html": markdown2html}
    before = [item for item in _given(exporter, "preprocessors", []) if item is not Sanitize]
    exporter.preprocessors = [*before, Sanitize]
    form_grader_exporter(FormGraderExporter)
    feedback = c.GenerateFeedback
    feedback.exporter_class = FeedbackExporter
    stages = _given(feedback, "preprocessors", []) or list(GenerateFeedback.preprocessors.default())
    stages = [GetContents if stage in (GetGrades, GET_GRADES) else stage for stage in stages]
    feedback.preprocessors = [HideHidden, *(stage for stage in stages if stage is not HideHidden)]
    if GetContents in stages and not isinstance(exporter.get("template_name"), str):  # a course may have its own page
        c.FeedbackExporter.template_name = "tplib_feedback"
        c.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]


def _given(section: Any, name: str, default: Any) -> Any:
    """What a configuration file set so far. traitlets keeps what is not set as a lazy value."""
    value = section.get(name, default)
    return value if isinstance(value, type(default)) else default
