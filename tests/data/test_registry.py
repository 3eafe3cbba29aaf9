"""The registry is complete, and names its sources without naming a host."""

from __future__ import annotations

import re

import pytest

from tplib import TplibError, data
from tplib.data.registry import SETS
from tplib.data.sources import HubImages


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
