"""Every French term of the notebooks stands in the glossary, with the notebook that uses it first."""

import re
from pathlib import Path

COURSE = Path(__file__).parents[2] / "course"
TERM = re.compile(r"\(\*([^()*]{2,60})\*\)")


def test_glossary_has_each_term_with_its_first_place():
    first: dict[str, str] = {}
    for script in sorted(COURSE.glob("*/*.py")):
        text = re.sub(r"\n# ?", " ", script.read_text("utf-8"))
        for term in TERM.findall(text):
            first.setdefault(" ".join(term.split()), f"{script.parent.name}/{script.stem}")
    rows = [
        line.strip("| ").split(" | ")
        for line in (COURSE / "glossary.md").read_text("utf-8").splitlines()
        if "| *" in line
    ]
    assert {french.strip("*"): place for _, french, place in rows} == first
    english = [row[0].lower() for row in rows]
    assert english == sorted(english)
