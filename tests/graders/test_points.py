"""What a notebook announces in its first cell is what the registry holds; headings are made from the registry."""

import re
from itertools import groupby
from pathlib import Path

import nbformat
import pytest

from tplib.graders import Exercise, exercises

COURSE = Path(__file__).parents[2] / "course"
RELEASE = Path(__file__).parents[2] / "release"
NOTEBOOKS = {place: list(found) for place, found in groupby(exercises(), lambda e: (e.assignment, e.notebook))}


@pytest.mark.parametrize(("place", "found"), NOTEBOOKS.items(), ids=map("/".join, NOTEBOOKS))
def test_the_notebook_announces_the_sum_of_the_registry(place: tuple[str, str], found: list[Exercise]) -> None:
    notebook = nbformat.read(RELEASE.joinpath(*place).with_suffix(".ipynb"), as_version=nbformat.NO_CONVERT)
    text = notebook.cells[0].source
    total = f"{sum(e.points for e in found):g}"
    assert re.search(
        rf"\*\*What is graded\.\*\* {len(found)} (short functions|functions|exercises), {total} points", text
    )


def test_the_answers_in_words_are_announced_too() -> None:
    text = COURSE.joinpath("TP6-TrainFFNN", "2_losses.py").read_text(encoding="utf-8")
    written = [float(points) for points in re.findall(r'tags=\["written"\] name="\w+" points=([\d.]+)', text)]
    assert f"{len(written)} answers in words, {sum(written):g} points" in text
