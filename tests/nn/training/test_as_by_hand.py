"""`fit`, `evaluate` and the descents compute what a loop by hand with Tensors computes, whatever forward and loss are
written with: arrays and Tensors differ in `std`, `transpose`, `sum(1, keepdim=True)`, `size`, ..."""

import numpy as np
import pytest

from tplib import nn
from tplib.nn import functional as F

# Each is written for Tensors; most of them fail on arrays, and some give other numbers.
LOOKS = {
    "std": lambda x: (x - x.mean()) / x.std(),
    "var": lambda x: x / x.var(),
    "transpose": lambda x: x + x.transpose(0, 1).mean(0, keepdim=True).transpose(0, 1),
    "sum": lambda x: x / x.abs().sum(1, keepdim=True),
    "size": lambda x: x * x.size(0) / x.size(-1),
    "max": lambda x: x - x.max(1)[0].unsqueeze(1),
    "view": lambda x: x.view(x.shape[0], -1),
    "softmax": lambda x: x.softmax(1),
    "detach": lambda x: x.detach().clone().tanh(),
    "dtype": lambda x: x.to(np.float64),
}
LOSSES = {
    "scaled": lambda output, y: ((output - y) ** 2).mean() / y.std(),
    "mean of squares": F.mse_loss,
    "of sizes": lambda output, y: (output - y).abs().sum() / y.size(0),
    "in rows": lambda output, y: (output - y).pow(2).sum(1, keepdim=True).mean() + y.transpose(0, 1).shape[1] * 0.01,
}


class Net(nn.Module):
    def __init__(self, look, inputs=1):
        super().__init__()
        self.linear = nn.Linear(3, 2, rng=np.random.default_rng(0), dtype=np.float64)
        self.look = look

    def forward(self, x, *more):
        assert all(isinstance(part, nn.Tensor) for part in (x, *more))
        return self.linear(LOOKS[self.look](x) + sum(part.transpose(0, 1).mean() for part in more))


@pytest.mark.parametrize("loss_name", LOSSES)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("inputs", [1, 2])
@pytest.mark.parametrize("given", ["arrays", "tensors", "lists"])
def test_fit_is_the_loop_by_hand(look, loss_name, inputs, given):
    rng, loss_fn = np.random.default_rng(1), LOSSES[loss_name]
    train = [rng.standard_normal((7, 3)) for _ in range(inputs)] + [rng.standard_normal((7, 2))]
    form = {"arrays": np.asarray, "tensors": nn.Tensor, "lists": np.ndarray.tolist}[given]
    model, by_hand = Net(look), Net(look)
    history = nn.fit(
        model,
        tuple(map(form, train)),
        loss_fn,
        nn.optim.SGD(model.parameters(), lr=0.1),
        epochs=2,
        batch_size=3,
        rng=0,
        metrics={"arrays": lambda output, y: isinstance(output, np.ndarray) and isinstance(y, np.ndarray)},
    )
    optimizer, order, losses = nn.optim.SGD(by_hand.parameters(), lr=0.1), np.random.default_rng(0), []
    for _ in range(2):
        total, rows = 0.0, order.permutation(7)
        for start in (0, 3, 6):
            *x, y = (nn.Tensor(part[rows[start : start + 3]]) for part in train)
            optimizer.zero_grad()
            loss = loss_fn(by_hand(*x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / 7)
    np.testing.assert_allclose(history["loss"], losses, 1e-12)
    np.testing.assert_allclose(model.linear.weight.data, by_hand.linear.weight.data, 1e-12)
    assert history["arrays"] == [1, 1]
    if look in ("std", "var"):  # of a single row they are infinite
        train = [part[:6] for part in train]
    whole = nn.evaluate(model, tuple(map(form, train)), loss_fn, batch_size=7)
    *x, y = map(nn.Tensor, train)
    assert whole["loss"] == pytest.approx(loss_fn(by_hand(*x), y).item(), rel=1e-10)


@pytest.mark.parametrize("look", LOOKS)
def test_the_descents_see_tensors(look):
    rng = np.random.default_rng(1)
    x, y = rng.standard_normal((6, 3)), rng.standard_normal((6, 2))
    model = Net(look)
    (loss,) = nn.batch_gradient_descent(model, LOSSES["scaled"], x, y, lr=0.0, epochs=1)
    expected = LOSSES["scaled"](model(nn.Tensor(x)), nn.Tensor(y)).item()
    assert loss == pytest.approx(expected, rel=1e-12)
    (loss,) = nn.random_search(model, LOSSES["scaled"], x, y, trials=1, rng=0)
    assert loss == pytest.approx(LOSSES["scaled"](model(nn.Tensor(x)), nn.Tensor(y)).item(), rel=1e-12)


def test_data_that_are_no_numbers_stay_as_they_are():
    class Words(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(3, 2)

        def forward(self, words):
            assert isinstance(words, np.ndarray)
            return self.embedding(np.array([["a", "b", "c"].index(word) for word in words]))

    model = Words()
    history = nn.fit(
        model,
        (["a", "b", "c", "a"], [0, 1, 1, 0]),
        nn.CrossEntropyLoss(),
        nn.optim.SGD(model.parameters(), lr=0.5),
        epochs=3,
    )
    assert history["loss"][-1] < history["loss"][0]


@pytest.mark.parametrize("given", [np.array, nn.Tensor])
def test_data_stay_as_they_are(given):
    """Where the first layer works in place, too."""
    rng = np.random.default_rng(0)
    data = rng.standard_normal((6, 3)), rng.standard_normal((6, 1))
    x, y = (given(part.copy()) for part in data)
    model = nn.Sequential(nn.ReLU(inplace=True), nn.Linear(3, 1, rng=rng, dtype=np.float64))
    optimizer = nn.optim.SGD(model.parameters(), lr=0.1)
    nn.fit(model, (x, y), F.mse_loss, optimizer, epochs=1, batch_size=6, validation=(x, y))
    nn.evaluate(model, (x, y), F.mse_loss, batch_size=4)
    nn.batch_gradient_descent(model, F.mse_loss, x, y, lr=0.1, epochs=1)
    nn.random_search(model, F.mse_loss, x, y, trials=2, rng=0)
    for part, before in zip((x, y), data, strict=True):
        np.testing.assert_array_equal(np.asarray(part), before)
