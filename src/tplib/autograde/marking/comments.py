"""The bank of comments of a course: a Markdown file that people may edit, one list for each answer.

    - Right, and well explained.

    ## TP6-TrainFFNN, written-regression_loss

    - The term with the precision is missing.

What stands above the first heading may be said of every answer. A comment of several lines is indented.
"""

from __future__ import annotations

from pathlib import Path

from tplib.errors import TplibError
from tplib.files import READABLE, not_written, write_atomically

FILE = "marking_comments.md"
BEGIN = """# Comments for marking

The form grader offers these: a click adds one to the comment on an answer. A line that begins with `- ` is a comment;
what is indented below it belongs to it. The first list is for every answer, the others are for the answer that their
heading names. Write nothing here that is about one student.
"""
LONGEST = 2000  # characters of a comment
EVERY = ""  # the heading of what may be said of every answer

Bank = dict[str, list[str]]


def heading(assignment: str, cell: str) -> str:
    return f"{assignment}, {cell}"


def read_comments(root: Path) -> Bank:
    """The comments by heading. A course without the file has none."""
    try:
        return parse((root / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise TplibError(f"{root / FILE} cannot be read ({error}): correct it, or move it elsewhere") from error


def parse(text: str) -> Bank:
    bank: Bank = {}
    at, inside = EVERY, False
    for line in text.splitlines():
        if line.startswith("## "):
            at, inside = line[3:].strip(), False
        elif line.startswith("- ") and line[2:].strip():
            bank.setdefault(at, []).append(line[2:].strip())
            inside = True
        elif inside and line.startswith("  ") and line.strip():
            bank[at][-1] += "\n" + line.strip()
        elif line.strip():
            inside = False
    return bank


def add_comment(root: Path, at: str, comment: str) -> Bank:
    """Add a comment under a heading, unless it is there; all else in the file stays as it is. Returns the new bank.

    Raises TplibError for a comment that is empty or too long, and where the file cannot be written.
    """
    lines = [line.strip() for line in comment.splitlines() if line.strip()]
    if not lines or len(comment) > LONGEST:
        raise TplibError(f"a comment for the bank has between 1 and {LONGEST} characters, this one has {len(comment)}")
    try:
        if "\n".join(lines) not in read_comments(root).get(at, []):
            text = (root / FILE).read_text(encoding="utf-8") if (root / FILE).exists() else BEGIN
            write_atomically(root / FILE, inserted(text, at, lines).encode(), mode=READABLE)
    except OSError as error:
        raise TplibError(not_written(root / FILE, error)) from error
    return read_comments(root)


def inserted(text: str, at: str, comment: list[str]) -> str:
    """The file's text with one more comment at the end of a heading's list."""
    lines = text.rstrip().split("\n")
    headings = [(k, line[3:].strip()) for k, line in enumerate(lines) if line.startswith("## ")]
    starts = [(0, EVERY), *headings]
    new = [f"- {comment[0]}", *(f"  {line}" for line in comment[1:])]
    found = [number for number, (_, name) in enumerate(starts) if name == at]
    if not found:
        return "\n".join([*lines, "", f"## {at}", "", *new]) + "\n"
    end = starts[found[0] + 1][0] if found[0] + 1 < len(starts) else len(lines)
    before = "\n".join(lines[:end]).rstrip().split("\n")
    gap = [] if before[-1].startswith(("- ", "  ")) else [""]
    after = ["", *lines[end:]] if lines[end:] else []
    return "\n".join([*before, *gap, *new, *after]) + "\n"
