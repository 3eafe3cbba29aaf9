"""The exercise evaluate of TP6-TrainFFNN/6_pytorch: the share of right predictions, measured honestly."""

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch import observers
from tplib.exercises.tp6.pytorch.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Batches = Iterable[tuple[Tensor, Tensor]]


def _share(model: nn.Module, batches: Batches, dim: int | None = 1) -> float:
    right, count = 0, 0
    for x, y in batches:
        right += (model(x).argmax(dim) == y).sum().item()
        count += len(y)
    return right / count


def _evaluate_case(draw: Draw) -> Arguments:
    d, k = draw.size(1, 3), draw.size(2, 4)
    sizes = [k] * draw.size(1, 4) + [1]  # square batches and a single example: a wrong axis raises no error
    batches = [(draw.array(n, d), draw.integers(0, k, n)) for n in sizes]
    return {"weight": draw.array(k, d), "bias": draw.array(k)}, batches


def _many(draw: Draw) -> Arguments:
    """Scores that are the inputs, and batches of 13, 7 and 3 examples with 9, 2 and 1 right: no mistake has 12/23."""
    model = {"weight": np.eye(3), "bias": np.zeros(3)}
    batches = []
    for size, right in ((13, 9), (7, 2), (3, 1)):
        x = draw.array(size, 3)
        y = x.argmax(axis=1)
        y[right:] = (y[right:] + draw.integers(1, 3, size - right)) % 3
        batches.append((x, y))
    return model, batches


def _looking(look: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: (*_evaluate_case(draw), look), look)


def _evaluate_edge(*look: str) -> Arguments:
    model = {"weight": np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]]), "bias": np.array([0.0, 0.25, 0.5])}
    x = [
        np.array([[2.0, 0.5], [1.0, 3.0], [1.5, -1.0]]),
        np.array([[-2.0, -1.0], [-0.5, 1.0], [-3.0, 0.5]]),
        np.array([[0.5, 2.0]]),
    ]
    y = [np.array([0, 1, 2]), np.array([2, 0, 2]), np.array([0])]  # each mistake has another accuracy
    return model, list(zip(x, y, strict=True)), *look


@exercise(
    lecture="002, An example in pytorch",
    concepts=(29,),
    points=3,
    draw=_evaluate_case,
    draws=4,
    rtol=1e-4,
    atol=1e-4,
    edges=(
        Case(_evaluate_edge()),
        Drawn(_many),
        Case(_evaluate_edge("graph"), "graph"),
        _looking("mode"),
        _looking("state"),
        _looking("type"),
    ),
    aspects={
        "graph": "Right accuracy, but PyTorch recorded a graph for a backward pass that never comes.",
        "state": "Right accuracy, but your function does not leave PyTorch, the model and the batches as it should.",
        "mode": "Right accuracy, but the model was not in evaluation mode.",
        "type": "Right accuracy, but it should be a plain number, not a tensor.",
    },
    observe=observers.evaluation,
)
def evaluate(model: nn.Module, batches: Batches) -> float:
    """accuracy = number of examples whose largest score is at the true class / number of examples.

    shapes: x (B, D) -> scores (B, K) -> `argmax(dim=1)` (B,) == y (B,).
    worked: batches of 3 and 1 examples with 3 and 0 right: 3 / 4 = 0.75, not (1 + 0) / 2.
    """
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for x, y in batches:
            right += (model(x).argmax(dim=1) == y).sum().item()
            count += len(y)
    return right / count


@evaluate.mistake("In which mode does your model answer? What does dropout do in that mode?")
def training_mode_left_on(model: nn.Module, batches: Batches) -> float:
    with torch.no_grad():
        return _share(model, batches)


@evaluate.mistake("The last batch is smaller. Should its examples weigh more than the others?")
def mean_over_batches(model: nn.Module, batches: Batches) -> float:
    model.eval()
    with torch.no_grad():
        shares = [(model(x).argmax(dim=1) == y).float().mean().item() for x, y in batches]
    return sum(shares) / len(shares)


@evaluate.mistake("The scores are (B, K). Over which axis are the classes?")
def argmax_over_the_wrong_axis(model: nn.Module, batches: Batches) -> float:
    model.eval()
    with torch.no_grad():
        return _share(model, batches, 0)


@evaluate.mistake("How many predictions does `scores.argmax()` give?")
def argmax_over_the_whole_batch(model: nn.Module, batches: Batches) -> float:
    model.eval()
    with torch.no_grad():
        return _share(model, batches, None)


@evaluate.mistake("Can an accuracy be larger than 1? By what do you divide?")
def count_instead_of_a_share(model: nn.Module, batches: Batches) -> float:
    model.eval()
    with torch.no_grad():
        return float(sum((model(x).argmax(dim=1) == y).sum().item() for x, y in batches))


@evaluate.mistake("Which batches does your accuracy know?")
def last_batch_only(model: nn.Module, batches: Batches) -> float:
    model.eval()
    accuracy = 0.0
    with torch.no_grad():
        for x, y in batches:
            accuracy = (model(x).argmax(dim=1) == y).float().mean().item()
    return accuracy


@evaluate.mistake("Who needs the graph here? Which context switches its recording off?")
def gradients_recorded(model: nn.Module, batches: Batches) -> float:
    model.eval()
    return _share(model, batches)


@evaluate.alternative
def all_at_once(model: nn.Module, batches: Batches) -> float:
    model.eval()
    with torch.inference_mode():
        hits = torch.cat([model(x).max(dim=-1).indices == y for x, y in batches])
    return hits.float().mean().item()


@evaluate.alternative
def numpy(model: nn.Module, batches: Batches) -> float:
    model.train(False)
    predicted, true = [], []
    for x, y in batches:
        with torch.no_grad():
            scores = model(x)
        predicted.extend(scores.numpy().argmax(axis=1))
        true.extend(y.tolist())
    return float(np.mean(np.array(predicted) == np.array(true)))
