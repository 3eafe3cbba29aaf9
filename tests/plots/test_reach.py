"""How far gradients reach: against PyTorch's gradients, and what the theory says of an open forget gate."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib import nn, plots
from tplib.plots import reach


@pytest.mark.parametrize("cell", list(reach.LOOKS))
def test_reach_is_that_of_pytorch(cell: str) -> None:
    torch = pytest.importorskip("torch")
    T, H, bias, scale = 12, 32, 0.5, 1.5
    rng = np.random.default_rng(0)
    ours = getattr(nn, cell)(reach.D, H, batch_first=True, rng=rng, dtype=np.float64)
    theirs = getattr(torch.nn, cell)(reach.D, H, batch_first=True).double()
    with torch.no_grad():
        for (name, parameter), array in zip(theirs.named_parameters(), ours.parameters(), strict=True):
            parameter.copy_(torch.tensor(array.data * scale if name.startswith("weight") else array.data * 0))
        if cell != "RNN":
            theirs.bias_ih_l0[H : 2 * H] = bias
    x = torch.tensor(rng.normal(size=(reach.B, T, reach.D)), requires_grad=True)
    (theirs(x)[0][:, -1] * torch.tensor(rng.normal(size=(reach.B, H)))).sum().backward()
    expected = x.grad.pow(2).sum(dim=(0, 2)).sqrt().numpy()[::-1]
    np.testing.assert_allclose(reach.reach_of_cell(cell, T, H, bias, scale), expected, rtol=1e-8)


def test_an_open_forget_gate_carries_the_gradient_and_a_closed_one_stops_it() -> None:
    left = [reach.reach_of_cell("LSTM", forget_bias=bias) for bias in (-2.0, 0.0, 1.0, 3.0)]
    shares = [values[-1] / values[0] for values in left]
    assert shares == sorted(shares)
    assert shares[0] < 1e-30
    assert shares[-1] > 1e-2


def test_the_plain_layer_has_no_forget_gate() -> None:
    np.testing.assert_array_equal(reach.reach_of_cell("RNN", forget_bias=3.0), reach.reach_of_cell("RNN"))


def test_an_unknown_cell_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="expected the cell"):
        reach.reach_of_cell("CNN")


def test_the_explorer_says_what_explodes_and_what_vanishes() -> None:
    explorer = plots.explore_reach()
    assert "vanishes in all three" in explorer.words
    explorer.set(scale=4.0)
    assert "explodes in the RNN" in explorer.words


def test_figures_have_a_curve_for_each_name() -> None:
    reach.by_distance({"RNN": np.ones(3), "LSTM, forget bias 0": np.array([1.0, 0.1, 0.0])})
    assert len(plt.gca().lines) == 2
    reach.losses_by_step({"RNN": [np.ones(60)], "LSTM": [np.ones(60), np.ones(60)]}, without_memory=0.2)
    assert len(plt.gca().lines) == 4
    assert [text.get_text() for text in plt.gca().get_legend().get_texts()] == ["RNN", "LSTM", "without memory"]
    plt.close("all")
