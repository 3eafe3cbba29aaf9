"""The registry is complete, and names its sources without naming a host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tplib import TplibError, data
from tplib.data.registry import NEEDED, SETS, expand
from tplib.data.sources import HubImages

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", data.names())
def test_every_set_is_fully_described(name):
    dataset = data.info(name)
    assert dataset.licence
    assert dataset.origin
    assert re.search(r"\(\d{4}\)", dataset.citation)
    for file in dataset.files:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert file.size > 0
    for source in dataset.sources:
        served = (
            {name for pair in source.parquet.values() for name in pair}
            if isinstance(source, HubImages)
            else source.members
        )
        assert set(served) == {file.name for file in dataset.files}


def test_names_start_with_the_embedded_set():
    assert data.names()[0] == "digits"
    assert data.info("digits").embedded


@pytest.mark.parametrize(("wrong", "right"), [("digit", "digits"), ("Snippets", "snippets"), ("mnist5k", "mnist-5k")])
def test_an_unknown_name_suggests_close_ones(wrong, right):
    with pytest.raises(TplibError, match=f"There is no data set '{wrong}'. Did you mean .*'{right}'"):
        data.info(wrong)


def test_an_unknown_name_without_a_close_one_lists_all():
    with pytest.raises(TplibError, match=r"There is no data set 'zzz'\. The sets are: " + ", ".join(SETS)):
        data.load("zzz")


def test_an_assignment_names_the_sets_that_its_notebooks_load():
    found = {}
    for script in sorted((ROOT / "course").glob("TP*/*.py")):
        loaded = re.findall(
            r'data\.(?:load|path)\(\s*"([\w-]+)"|hf\.load_\w+\(\s*"([\w-]+)"', script.read_text(encoding="utf-8")
        )
        found.setdefault(script.parent.name, set()).update(filter(None, sum(loaded, ())))
    assert {assignment: set(needed) for assignment, needed in NEEDED.items()} == found


def test_an_assignment_stands_for_its_sets():
    assert expand("TP6-TrainFFNN") == expand("tp6") == NEEDED["TP6-TrainFFNN"]
    assert expand("digits") == ("digits",)
    with pytest.raises(TplibError, match="There is no data set 'TP4'"):
        expand("TP4")
