"""Figures of 2_attention, and the small translator behind one of its explorers."""

from collections.abc import Iterator
from datetime import date, timedelta

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib import nn, plots
from tplib.data.dates import FIRST, FORMS
from tplib.plots import attention, translator
from tplib.plots.explore import looks, positions


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def test_a_map_has_a_row_for_each_character_written() -> None:
    attention.attention_map(np.eye(2, 3), "a b", "xy")
    plt.gcf().canvas.draw()
    assert [label.get_text() for label in plt.gca().get_xticklabels()] == ["a", "␣", "b"]
    assert [label.get_text() for label in plt.gca().get_yticklabels()] == ["x", "y"]
    np.testing.assert_array_equal(plt.gca().images[0].get_array(), np.eye(2, 3))


def test_a_map_of_another_shape() -> None:
    with pytest.raises(ValueError, match=r"shape \(2, 3\), got \(3, 2\)"):
        attention.attention_map(np.eye(3, 2), "abc", "xy")


def test_means_by_length_leave_empty_groups_out() -> None:
    attention.by_length({"one": ([5, 6, 21], [1.0, 0.0, 1.0]), "two": ([15], [0.25])}, [0, 10, 20, 30], "share")
    plt.gcf().canvas.draw()
    one, two = plt.gca().lines
    np.testing.assert_array_equal(one.get_ydata(), [0.5, 1.0])
    np.testing.assert_array_equal(one.get_xdata(), [4.5, 24.5])
    np.testing.assert_array_equal(two.get_ydata(), [0.25])


def test_waves_are_the_encoding_of_tplib_nn_at_the_usual_base() -> None:
    for d in (1, 2, 7, 32):
        expected = nn.PositionalEncoding(d, 0.0, dtype=np.float64)(np.zeros((20, 1, d))).data[:, 0]
        np.testing.assert_allclose(attention.waves(20, d), expected, atol=1e-12)


def test_the_counter_counts() -> None:
    bits = attention.binary_counter(40, 6)
    np.testing.assert_array_equal(bits @ 2 ** np.arange(6), np.arange(40))


@pytest.mark.parametrize("T", [1, 2, 64])
def test_an_encoding_beside_a_counter(T: int) -> None:
    attention.beside_a_counter(attention.waves(T, 8))
    plt.gcf().canvas.draw()
    assert len(plt.gcf().axes) == 2


def test_the_translator_is_pytorchs_gru_and_attention() -> None:
    torch = pytest.importorskip("torch")
    weights = {k: torch.tensor(v) for k, v in translator.stored().items() if v.dtype.kind == "f"}
    text = "le mardi 1er septembre 1998"
    found, rows = translator.translate(text)
    E, H = weights["encoder.weight_ih_l0"].shape[1], weights["encoder.weight_hh_l0"].shape[1]
    layers = {}
    for name in ("encoder", "decoder"):
        layers[name] = torch.nn.GRU(E, H, batch_first=True).double()
        layers[name].load_state_dict({k.partition(".")[2]: v for k, v in weights.items() if k.startswith(name)})
    known = str(translator.stored()["source_characters"])
    source = weights["source_embedding.weight"][[1 + known.index(c) for c in text]]
    target = weights["target_embedding.weight"][[0, *(1 + translator.TARGETS.index(c) for c in found[:-1])]]
    K, state = layers["encoder"](source[None])
    h, _ = layers["decoder"](target[None], state)
    expected = torch.softmax(h @ K.transpose(1, 2) / H**0.5, dim=-1)
    np.testing.assert_allclose(rows, expected[0].detach().numpy(), atol=1e-10)
    np.testing.assert_allclose(rows.sum(axis=1), 1, atol=1e-12)


def test_the_translator_is_right_on_nearly_all_days() -> None:
    days = [FIRST + timedelta(days=n) for n in range(11, 36_525, 301)]
    forms = list(FORMS.values())
    right = [translator.translate(forms[i % 8](day))[0] == day.isoformat() for i, day in enumerate(days)]
    assert np.mean(right) > 0.98


@pytest.mark.parametrize(("text", "message"), [("1/2/2000!", "got '!'"), ("", "got 'no text'")])
def test_what_the_translator_cannot_read(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        translator.translate(text)


def test_the_words_of_the_map_are_true() -> None:
    _, words = looks.draw_looks(23, 9, 1998, "long")
    assert "Written: 1998-09-23, which is right." in words
    weights = translator.translate(FORMS["long"](date(1998, 9, 23)))[1]
    at = int(weights[8:].mean(axis=0).argmax())
    assert f"for the day most at “{'wednesday, the 23rd of september 1998'[at]}”" in words


def test_few_columns_confuse_places_that_are_whole_turns_away() -> None:
    explorer = plots.explore_positions()
    explorer.set(base=10000, d=4, t=40)
    assert "15, 21, 34, 46, 59." in explorer.words
    explorer.set(d=8)
    assert "No other place" in explorer.words
    _, words = positions.draw_positions(7.0, 2, 0)
    assert words.startswith("The slowest wave takes 6 places")
