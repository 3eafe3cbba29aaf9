"""The page over all notebooks of a student's submission, beside the notebooks' own pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tplib.autograde.reports.templates import environment

if TYPE_CHECKING:
    import jinja2

NAME = "index.html"


@cache
def _template() -> jinja2.Template:
    return environment().get_template("feedback_index.html.j2")


def write_index(
    folder: Path, assignment: str, pages: list[dict[str, Any]], unmade: list[str], ungraded: list[str]
) -> None:
    """Write it. pages: what `feedback_contents.Contents.to_dict` gave of each. unmade: notebooks without a page.
    ungraded: those that were handed in and not graded yet.

    Where no page told of itself (a course with pages of its own), or a notebook has this name, there is none.
    """
    if not pages or (folder / NAME).exists():
        return
    page = _template().render(
        assignment=assignment,
        student=pages[0]["student"],
        pages=[{**page, "file": f"{page['notebook']}.html"} for page in pages],
        unmade=unmade,
        ungraded=ungraded,
        open=sum(page["open"] for page in pages),
        penalty=sum(page["penalty"] for page in pages),
    )
    (folder / NAME).write_text(page, encoding="utf-8")
