"""A test without each of its words: the lists written out, and the published test that one word decides."""

import numpy as np
import pytest

from tplib import data
from tplib.bias import effects_without, leave_one_out, weat
from tplib.errors import TplibError

LISTS = (["a", "b", "c"], ["d", "e"], ["f", "g", "gone"], ["h", "i"])
TABLE = {word: np.random.default_rng(i).normal(size=4) for i, word in enumerate("abcdefghi")}


def test_each_word_is_left_out_once_and_only_there() -> None:
    found = leave_one_out(TABLE, *LISTS)
    assert sorted((one.name, one.word) for one in found) == sorted(zip("XXXYYAABB", "abcdefghi", strict=True))
    assert [one.effect_size for one in found] == sorted(one.effect_size for one in found)
    for one in found:
        rest = [[word for word in words if word != one.word] for words in LISTS]
        alone = weat(TABLE, *rest, rounds=2)
        assert (one.effect_size, one.p_value) == (alone.effect_size, float(alone.p_value))


def test_a_list_of_one_word_cannot_do_without_it() -> None:
    with pytest.raises(TplibError, match="Y has one word with a vector, 'd': nothing is left without it"):
        leave_one_out(TABLE, ["a", "b"], ["d", "gone"], ["f", "g"], ["h", "i"])


def test_drawn_words_are_left_out_of_the_named_lists_only() -> None:
    whole = weat(TABLE, *LISTS, rounds=2).effect_size
    assert effects_without(TABLE, *LISTS, count=0, rounds=3) == pytest.approx([whole] * 3)
    single = {round(one.effect_size, 12) for one in leave_one_out(TABLE, *LISTS) if one.name == "X"}
    drawn = effects_without(TABLE, *LISTS, count=1, lists="X", rounds=60)
    assert set(drawn.round(12).tolist()) == single  # each of three words comes up in sixty draws
    assert (drawn == effects_without(TABLE, *LISTS, count=1, lists="X", rounds=60)).all()


def test_what_cannot_be_left_out_is_a_sentence() -> None:
    with pytest.raises(TplibError, match="count must be from 0 to 1, one word of Y less than there are; it is 2"):
        effects_without(TABLE, *LISTS, count=2, lists="XY")
    with pytest.raises(TplibError, match="lists names some of X, Y, A and B, but is 'XZ'"):
        effects_without(TABLE, *LISTS, count=1, lists="XZ")


@pytest.mark.skipif(
    not (data.is_cached("bias-words") and data.is_cached("weat-vectors")),
    reason="`tp data pull bias-words weat-vectors`",
)
def test_one_word_decides_about_mathematics_and_arts() -> None:
    test = data.load("bias-words").tests[6]
    least = leave_one_out(data.load("weat-vectors"), test.x, test.y, test.a, test.b)[0]
    assert (least.name, least.word) == ("B", "woman")
    assert least.effect_size == pytest.approx(0.644, abs=1e-3)
    assert least.p_value == pytest.approx(0.102, abs=1e-3)
