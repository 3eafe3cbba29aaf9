"""The functions under the explorers against closed forms, and every explorer at the ends of every control."""

import itertools
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn, plots
from tplib.plots.explore import activation, boundary, curves, descent, dropout, points, race, surfaces, temperature

NAMES = [name for name in plots.__all__ if name.startswith("explore_")]


@pytest.mark.parametrize("name", NAMES)
def test_every_control_at_both_ends(name: str) -> None:
    explorer = getattr(plots, name)()
    offered = {key: list(control.values.values()) for key, control in explorer.controls.items()}
    corners = [{key: values[end] for key, values in offered.items()} for end in (0, -1)]
    alone = [{key: value} for key, values in offered.items() for value in (values[0], values[-1])]
    options = [{key: value} for key, values in offered.items() if explorer.controls[key].buttons for value in values]
    pictures = set()
    for values in corners + alone + options:
        explorer.set(**{key: control.start for key, control in explorer.controls.items()} | values)
        assert explorer.png.startswith(b"\x89PNG")
        assert not re.search(r"(?:^| )[-+]?nan\b", explorer.words)  # a number; a generated text may hold the letters
        assert explorer.words[0].isalnum()
        assert explorer.words.endswith(".")
        pictures.add(explorer.png)
    assert len(pictures) > 4


@pytest.mark.parametrize("name", activation.FUNCTIONS)
def test_derivatives_are_slopes_of_the_curves(name: str) -> None:
    x = np.linspace(-5.95, 5.95, 100)  # no kink among them
    step = 1e-6
    up, down = (activation.activation_and_slope(name, x + sign * step)[0] for sign in (1, -1))
    np.testing.assert_allclose(activation.activation_and_slope(name, x)[1], (up - down) / (2 * step), atol=1e-6)


@pytest.mark.parametrize("name", surfaces.SURFACES)
def test_gradients_are_slopes_of_the_surfaces_and_vanish_at_the_minima(name: str) -> None:
    surface = surfaces.SURFACES[name]
    theta = np.random.default_rng(0).uniform(-2, 2, size=(50, 2))
    numerical = [(surface.value(theta + 1e-6 * e) - surface.value(theta - 1e-6 * e)) / 2e-6 for e in np.eye(2)]
    np.testing.assert_allclose(surface.gradient(theta), np.stack(numerical, axis=-1), atol=1e-6)
    minima = np.array(surface.minima)
    np.testing.assert_allclose(surface.gradient(minima), 0, atol=1e-9)
    assert surface.value(minima).min() == pytest.approx(0, abs=1e-12)
    assert (surface.value(theta) >= 0).all()


@settings(deadline=None, max_examples=25)
@given(st.floats(0.001, 0.19), st.integers(0, 60))
def test_descent_on_a_quadratic_shrinks_each_coordinate_by_a_factor(lr: float, steps: int) -> None:
    visited = descent.descent_path((-4.0, 1.5), lr, 0.0, steps)
    k = np.arange(steps + 1)
    np.testing.assert_allclose(visited[:, 0], -4 * (1 - lr) ** k, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(visited[:, 1], 1.5 * (1 - 10 * lr) ** k, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("momentum", descent.MOMENTA)
def test_descent_diverges_just_above_the_largest_rate_and_not_just_below(momentum: float) -> None:
    limit = descent.largest_rate(10.0, momentum)
    assert limit == pytest.approx(0.2 * (1 + momentum))
    below = descent.descent_path((0.0, 1.0), 0.97 * limit, momentum, 3000)
    above = descent.descent_path((0.0, 1.0), 1.03 * limit, momentum, 3000)
    assert abs(below[-1, 1]) < 1e-6
    assert abs(above[-1, 1]) > surfaces.FAR


def test_a_larger_step_or_momentum_crosses_to_the_deeper_valley() -> None:
    explorer = plots.explore_descent()
    explorer.set(surface="two valleys", lr=0.1, momentum=0.0, steps=100)
    assert "right valley" in explorer.words
    explorer.set(momentum=0.8)
    assert "left valley" in explorer.words


def test_a_path_that_diverged_stays_finite() -> None:
    visited = descent.descent_path((2.1, 1.0), 3.0, 0.98, 100, "two valleys")
    assert visited.shape == (101, 2)
    assert np.isfinite(visited).all()


@pytest.mark.parametrize("surface", ["narrow valley", "saddle"])
def test_the_race_is_that_of_pytorch(surface: str) -> None:
    torch = pytest.importorskip("torch")
    makers = {
        "SGD": lambda p: torch.optim.SGD(p, lr=0.05),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
        "AdaGrad": lambda p: torch.optim.Adagrad(p, lr=0.05),
        "RMSProp": lambda p: torch.optim.RMSprop(p, lr=0.05),
        "Adam": lambda p: torch.optim.Adam(p, lr=0.05),
    }
    paths = race.race(surface, 0.05, 30)
    assert list(paths) == list(makers) == list(race.LOOKS)
    ground = surfaces.SURFACES[surface]
    for name, make in makers.items():
        theta = torch.tensor(ground.start, dtype=torch.float64, requires_grad=True)
        optimizer = make([theta])
        for _ in range(30):
            theta.grad = torch.tensor(ground.gradient(theta.detach().numpy()))
            optimizer.step()
        np.testing.assert_allclose(paths[name][-1], theta.detach().numpy(), rtol=1e-9, atol=1e-12)


H = dropout.activations_of_layer()


def test_dropout_is_that_of_tplib_nn() -> None:
    ours = dropout.with_dropout(H, 0.3, "train", "inverted", np.random.default_rng(5))
    kept = dropout.dropout_mask(H.shape, 0.3, np.random.default_rng(5))
    np.testing.assert_allclose(ours, H * kept / 0.7)
    assert (dropout.with_dropout(H, 0.3, "eval", "inverted", np.random.default_rng(5)) == H).all()


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.95])
def test_dropout_keeps_the_mean_only_with_a_right_scaling(p: float) -> None:
    draws = 4000
    error = 5 * np.sqrt(p * (1 - p) * np.mean(H**2) / H.size / draws)  # five standard errors of the mean of kept units
    for scaling, train, evaluation in (
        ("inverted", 1, 1),
        ("kept", 1 - p, 1 - p),
        ("dropped", 1 - p, p),
        ("none", 1 - p, 1),
    ):
        mean = dropout.training_means(H, p, scaling, draws).mean()
        assert abs(mean - train * H.mean()) <= error / (1 - p if scaling == "inverted" else 1) + 1e-12
        evaluated = dropout.with_dropout(H, p, "eval", scaling, np.random.default_rng(0))
        np.testing.assert_allclose(evaluated, evaluation * H)


def test_the_slides_scaling_is_right_only_at_one_half() -> None:
    explorer = plots.explore_dropout()
    explorer.set(scaling="dropped", p=0.5)
    assert "gets the same" in explorer.words
    explorer.set(p=0.2)
    assert "0.25 times" in explorer.words


@pytest.mark.parametrize("kind", points.KINDS)
def test_points_have_two_equal_classes_inside_the_picture(kind: str) -> None:
    x, y = points.points(kind, 200, np.random.default_rng(0))
    assert x.shape == (200, 2)
    assert y.mean() == 0.5
    assert np.mean(np.abs(x) < boundary.REACH) > 0.98


def test_points_of_an_unknown_kind() -> None:
    with pytest.raises(ValueError, match="choose one of two blobs, XOR"):
        points.points("stars", 3, np.random.default_rng(0))


def share_right(data: str, depth: int, width: int, activation: str = "tanh") -> float:
    trained = boundary.train_boundary(data, depth, width, activation, 0)
    return float(np.mean((boundary.scores(trained.network, trained.x) > 0) == trained.y))


def test_a_boundary_needs_what_the_lecture_says() -> None:
    assert share_right("two blobs", 0, 1) > 0.9
    assert share_right("XOR", 0, 16) < 0.75  # one line is right on three blobs of four at most
    assert share_right("XOR", 1, 4) > 0.95
    assert share_right("spirals", 3, 16) > 0.99


@pytest.mark.parametrize(("depth", "width"), [(0, 1), (0, 16), (1, 1), (3, 16)])
def test_the_network_has_the_parameters_of_its_layers(depth: int, width: int) -> None:
    layers = [2, *[width] * depth, 1]
    expected = sum(a * b + b for a, b in itertools.pairwise(layers))
    assert nn.count_parameters(boundary.network(depth, width, "tanh", 0)) == expected


def test_a_network_without_hidden_layers_draws_a_straight_line() -> None:
    trained = boundary.train_boundary("ring", 0, 4, "tanh", 3)
    a, b = np.array([[0.0, 1.0]]), np.array([[2.0, -3.0]])
    middle, ends = boundary.scores(trained.network, (a + b) / 2), [boundary.scores(trained.network, v) for v in (a, b)]
    np.testing.assert_allclose(middle, sum(ends) / 2, rtol=1e-5)


E = np.arange(61.0)
READ = {
    "good": 0.7 * np.exp(-E / 8) + 0.2,
    "too low": 0.7 - 0.002 * E,
    "too high": 0.6 + 0.09 * (-1) ** E - 0.004 * E,
    "diverges": 0.7 * 1.1**E,
}


@pytest.mark.parametrize("reading", READ)
def test_curves_of_a_known_shape_are_read_as_such(reading: str) -> None:
    assert curves.read_curves(np.stack([READ[reading], READ[reading] + 0.02], axis=1)) == reading


def test_a_rising_validation_loss_is_read_as_overfitting_and_nan_as_divergence() -> None:
    losses: Any = np.stack([READ["good"], READ["good"]], axis=1)
    losses[:, 1] += 0.006 * E
    assert curves.read_curves(losses) == "overfits"
    losses[5:] = np.nan
    assert curves.read_curves(losses) == "diverges"


def test_one_slider_leads_through_all_readings() -> None:
    found = [curves.read_curves(curves.training_curves(lr, 16, 200, 0)) for lr in curves.RATES]
    order = ["too low", "good", "overfits", "too high", "diverges"]
    assert sorted(set(found), key=found.index) == order
    few = curves.training_curves(0.1, 16, 25, 0)
    assert curves.read_curves(few) == "overfits"
    assert few[0] == pytest.approx(np.log(2), abs=0.1)  # an untrained network is undecided


def test_temperature_is_the_softmax_of_divided_scores() -> None:
    torch = pytest.importorskip("torch")
    scores = np.random.default_rng(0).normal(size=(3, 5)) * 100
    for T in (0.05, 0.7, 1.0, 10.0):
        expected = torch.softmax(torch.tensor(scores) / T, dim=-1).numpy()
        np.testing.assert_allclose(temperature.with_temperature(scores, T), expected, atol=1e-12)
    cold = temperature.with_temperature(scores, 0)
    np.testing.assert_array_equal(cold.argmax(axis=1), scores.argmax(axis=1))
    np.testing.assert_array_equal(cold.max(axis=1), 1)
    with pytest.raises(ValueError, match="temperature of 0 or more"):
        temperature.with_temperature(scores, -1)


def test_perplexity_has_its_landmarks() -> None:
    assert temperature.perplexity_of(np.array([1.0, 0, 0])) == pytest.approx(1)
    assert temperature.perplexity_of(np.full(7, 1 / 7)) == pytest.approx(7)
    assert temperature.perplexity_of(np.array([0.5, 0.5, 0])) == pytest.approx(2)
