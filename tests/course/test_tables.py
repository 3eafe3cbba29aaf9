"""Tables in the texts have as many cells in each row as in their first: a bar in a cell would break the whole table.

And their first row has titles."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = sorted([*ROOT.glob("course/**/*.py"), *ROOT.glob("course/*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*.md")])
RULE = re.compile(r"^\|(\s*:?-+:?\s*\|)+$")


def cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row)) - 1


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_rows_of_a_table_have_the_same_number_of_cells(path: Path) -> None:
    lines = [line.removeprefix("# ").strip() for line in path.read_text("utf-8").splitlines()]
    for place, line in enumerate(lines):
        if not RULE.match(line):
            continue
        rows = [lines[place - 1]]
        for row in lines[place + 1 :]:
            if not row.startswith("|"):
                break
            rows.append(row)
        assert [row for row in rows if cells(row) != cells(line)] == []
        assert re.search(r"[^|\s]", rows[0]), f"line {place}: a table without titles, which a screen reader reads out"
