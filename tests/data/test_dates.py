"""Dates in words: the forms against Python's own, the draw against its promises."""

import re
from datetime import date

import pytest

from tplib.data import dates


@pytest.mark.parametrize(
    ("number", "word"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th")]
)
def test_ordinals(number: int, word: str) -> None:
    assert dates.ordinal(number) == word
    assert dates.ordinal(number + 20) == {11: "31st", 12: "32nd", 13: "33rd"}.get(number, f"{number + 20}{word[-2:]}")


def test_one_day_in_all_forms() -> None:
    day = date(1998, 9, 1)
    assert {name: form(day) for name, form in dates.FORMS.items()} == {
        "figures": "1/9/1998",
        "short": "1 sep 1998",
        "month first": "september 1, 1998",
        "french": "1er septembre 1998",
        "weekday": "tuesday, september 1, 1998",
        "french weekday": "le mardi 1er septembre 1998",
        "long": "tuesday, the 1st of september 1998",
        "year first": "in the year 1998, on tuesday the 1st of september",
    }


def test_weekdays_and_months_are_pythons() -> None:
    for n in range(0, 36_525, 97):
        day = date.fromordinal(dates.FIRST.toordinal() + n)
        assert dates.FORMS["weekday"](day) == f"{day:%A}, {day:%B} {day.day}, {day.year}".lower()


@pytest.mark.parametrize("seed", [0, 1])
def test_no_day_comes_twice_and_all_forms_come(seed: int) -> None:
    drawn = dates.date_pairs(900, 100, seed)
    assert (len(drawn.train), len(drawn.test)) == (900, 100)
    days = [day for _, day in (*drawn.train, *drawn.test)]
    assert len(set(days)) == 1000
    assert all(re.fullmatch(r"(19[5-9]\d|20[0-4]\d)-\d\d-\d\d", day) for day in days)
    assert set("".join(days)) <= set(drawn.target_characters)
    for source, day in drawn.test:
        assert source in {form(date.fromisoformat(day)) for form in dates.FORMS.values()}
        assert set(source) <= set(drawn.source_characters)
    assert len({re.sub(r"\d+|[^\W\d]{3,}", "", source) for source, _ in drawn.train}) >= len(dates.FORMS) - 2


def test_the_seed_decides() -> None:
    assert dates.date_pairs(20, 5, 3) == dates.date_pairs(20, 5, 3) != dates.date_pairs(20, 5, 4)


@pytest.mark.parametrize(("train", "test"), [(0, 0), (36_525, 1), (-1, 0)])
def test_more_days_than_there_are(train: int, test: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 36525 pairs"):
        dates.date_pairs(train, test, 0)
