"""Output shapes, parameter counts and receptive fields: against closed forms and against gradients."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 40, 5), nn.BatchNorm2d(40), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(640, 100), nn.ReLU(), nn.Linear(100, 10),
    )  # fmt: skip


def test_count_parameters():
    net = lenet()
    assert nn.count_parameters(net) == (25 + 1) * 20 + (500 + 1) * 40 + 2 * 40 + 641 * 100 + 101 * 10
    net[0].requires_grad_(False)
    assert nn.count_parameters(net) == (500 + 1) * 40 + 2 * 40 + 641 * 100 + 101 * 10
    layer = nn.Linear(3, 3)
    assert nn.count_parameters(nn.Sequential(layer, layer)) == 12


def test_receptive_field_closed_forms():
    assert nn.receptive_field(nn.Sequential()) == (1,)
    assert nn.receptive_field(nn.Sequential(nn.ReLU(), nn.Conv2d(1, 1, 3))) == (3, 3)
    # n convolutions of size k see n (k - 1) + 1 positions: Goodfellow et al., quoted in lecture 003
    assert nn.receptive_field(nn.Sequential(*[nn.Conv1d(1, 1, 3) for _ in range(4)])) == (9,)
    # doubling dilations see 2^n positions
    assert nn.receptive_field(nn.Sequential(*[nn.Conv1d(1, 1, 2, dilation=2**i) for i in range(5)])) == (32,)
    assert nn.receptive_field(lenet()[:6]) == (16, 16)
    assert nn.receptive_field(nn.Conv2d(1, 1, (3, 5), stride=2)) == (3, 5)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["conv", "avg"]), st.integers(1, 3), st.integers(1, 2), st.integers(1, 2)),
        min_size=1,
        max_size=4,
    )
)
def test_receptive_field_is_where_the_gradient_reaches(layers):
    net = nn.Sequential()
    for kind, kernel, stride, dilation in layers:
        if kind == "conv":
            net.append(nn.Conv1d(1, 1, kernel, stride, dilation=dilation, dtype=np.float64))
        else:
            net.append(nn.AvgPool1d(kernel, stride))
    x = nn.Tensor(np.zeros((1, 1, 100)), requires_grad=True)
    for p in net.parameters():
        p.data = np.ones_like(p.data)
    z = net(x)
    z[0, 0, 0].backward()
    reached = np.flatnonzero(x.grad[0, 0])
    assert nn.receptive_field(net) == (reached[-1] - reached[0] + 1,)


def test_receptive_field_of_the_whole_input_is_a_sentence():
    with pytest.raises(ValueError, match="the outputs of Flatten depend on the whole input; give the layers before it"):
        nn.receptive_field(lenet())


def test_summary_notes_what_each_layer_gives():
    net = lenet()
    table = nn.summary(net, (64, 1, 28, 28))
    assert [row.layer for row in table.rows] == [type(layer).__name__ for layer in net]
    theirs = torch.nn.Sequential(
        torch.nn.Conv2d(1, 20, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Conv2d(20, 40, 5),
        torch.nn.BatchNorm2d(40), torch.nn.MaxPool2d(2), torch.nn.Flatten(), torch.nn.Linear(640, 100),
        torch.nn.ReLU(), torch.nn.Linear(100, 10),
    )  # fmt: skip
    x = torch.zeros(64, 1, 28, 28)
    for row, layer in zip(table.rows, theirs, strict=True):
        x = layer(x)
        assert row.output_shape == tuple(x.shape)
        assert row.parameters == sum(p.numel() for p in layer.parameters())
    assert table.total == table.trainable == nn.count_parameters(net)
    assert [row.receptive_field for row in table.rows[4:7]] == [(14, 14), (16, 16), None]


def test_summary_changes_nothing():
    net = lenet()
    net[1].eval()
    before = net.state_dict()
    nn.summary(net, (2, 1, 28, 28))
    assert [layer.training for layer in net] == [True, False, *[True] * 8]
    for key, value in net.state_dict().items():
        np.testing.assert_array_equal(value, before[key])
    assert all("forward" not in layer.__dict__ for layer in net.modules())
    with pytest.raises(ValueError, match="conv2d: expected input channels"):
        nn.summary(net, (2, 3, 28, 28))
    assert all("forward" not in layer.__dict__ for layer in net.modules())


def test_summary_of_other_modules():
    class Residual(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = nn.Linear(3, 3)

        def forward(self, x):
            return x + self.inner(self.inner(x))

    table = nn.summary(Residual(), (2, 3))
    assert [(row.name, row.parameters, row.receptive_field) for row in table.rows] == [
        ("inner", 12, None),
        ("inner", 0, None),
    ]
    assert table.total == 12
    assert nn.summary(nn.Linear(3, 2), (3,)).rows[0].name == "-"
    assert nn.summary(nn.Sequential(nn.Sequential(nn.Conv1d(2, 4, 3)), nn.ReLU()), (2, 9)).rows[1].receptive_field == (
        3,
    )
    assert nn.summary(nn.Embedding(5, 2), (3, 4), dtype=np.int64).rows[0].output_shape == (3, 4, 2)


def test_summary_as_text_and_html():
    net = nn.Sequential({"conv": nn.Conv2d(1, 8, 3), "<act>": nn.ReLU()})
    net[0].bias.requires_grad_(False)
    table = nn.summary(net, (1, 1, 5, 5))
    assert str(table).splitlines() == [
        "name   layer   output shape  parameters  receptive field",
        "--------------------------------------------------------",
        "conv   Conv2d  (1, 8, 3, 3)          80            3 x 3",
        "<act>  ReLU    (1, 8, 3, 3)           -            3 x 3",
        "",
        "Input (1, 1, 5, 5); 80 parameters, 72 of them trainable.",
    ]
    page = table._repr_html_()
    assert page.count("<tr>") == page.count("</tr>") == 3
    assert "&lt;act&gt;" in page
