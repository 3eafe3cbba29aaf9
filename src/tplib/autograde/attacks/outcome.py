"""What came of an attack: read from the course where it was handed in."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from nbconvert.filters import markdown2html

from tplib.autograde.attacks.course import CHECK, NOTEBOOK, folder_of

SHOWN_CAP = 16 << 20  # characters of a graded notebook: what a browser opens
TEXT_CAP = 5000  # characters of a Markdown cell that is looked at: the attacks' are short
ACTIVE = ("text/html", "image/svg+xml")
REACHED = re.compile(r"REACHED: ([^\n\"\\]+)")


@dataclass(frozen=True)
class Row:
    """One attack: what it tries, what came of it, and whether grading withstood it."""

    name: str
    tries: str
    outcome: str
    withstood: bool


def gained(root: Path, student: str, canary: str) -> list[str]:
    """What the attack gained: things in the student's graded copy and feedback that must not be there."""
    gains = []
    folder = folder_of(root, student, "autograded")
    shown, size = outputs(folder / f"{NOTEBOOK}.ipynb")
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".ipynb":
            shown += path.read_bytes()[:SHOWN_CAP].decode("utf-8", "replace")
    pages = [path.read_text(encoding="utf-8") for path in folder_of(root, student, "feedback").rglob("*.html")]
    if canary in shown or canary[::-1] in shown or canary in "".join(pages):
        gains.append("read what it must not")
    gains += [f"reached {what}" for what in dict.fromkeys(REACHED.findall(shown))]
    if size > SHOWN_CAP:
        gains.append(f"{size >> 20} MiB of output kept")
    if any(acts(page) for page in pages):
        gains.append("its script is in the feedback page")
    if acts(plain_page(folder / f"{NOTEBOOK}.ipynb", size)):
        gains.append("its script is in the graded copy")
    return gains


def outputs(path: Path) -> tuple[str, int]:
    """What a graded notebook's answer and check print and show, as text, and the notebook's size."""
    if not path.is_file():
        return "", 0
    size = path.stat().st_size
    if size > 4 * SHOWN_CAP:
        return "", size
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    marked = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") != "hidden"]
    shown = json.dumps([cell.get("outputs", []) for cell in marked], ensure_ascii=False)
    return html.unescape(shown), size


def plain_page(path: Path, size: int) -> str:
    """The graded copy's text as a program shows it that knows nothing of tplib."""
    if not 0 < size <= SHOWN_CAP:
        return ""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    shown = [markdown2html(text) for text in texts if len(text) < TEXT_CAP and "```" not in text]
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") != CHECK:
            for output in cell.get("outputs", []):
                shown += ["".join(value) for mime, value in output.get("data", {}).items() if mime in ACTIVE]
    return "\n".join(shown)


class Scripts(HTMLParser):
    """Looks for the call that the attacks make, as a script and not as text, and for what they have fetched."""

    found = False
    inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag in ("script", "style")
        self.found |= any("steal" in (value or "") for name, value in attrs if name.startswith("on"))
        self.found |= any("script:steal" in (value or "") for name, value in attrs if name == "href")
        self.found |= any("//steal." in (value or "") for name, value in attrs if name in ("src", "style"))

    def handle_data(self, data: str) -> None:
        self.found |= self.inside and "steal" in data

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def acts(page: str) -> bool:
    parser = Scripts()
    parser.feed(page)
    return parser.found
