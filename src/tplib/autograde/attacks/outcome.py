"""What came of an attack: read from the course where it was handed in."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from tplib.autograde.attacks.course import NOTEBOOK, folder_of

SHOWN_CAP = 16 << 20  # characters of a graded notebook: what a browser opens
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


class Scripts(HTMLParser):
    """Looks for the call that the attacks make: whether a page has it as a script, and not as text."""

    found = False
    inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script"
        self.found |= any("steal" in (value or "") for name, value in attrs if name.startswith("on") or name == "href")

    def handle_data(self, data: str) -> None:
        self.found |= self.inside and "steal" in data

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def acts(page: str) -> bool:
    parser = Scripts()
    parser.feed(page)
    return parser.found
