"""The exercises of TP6-TrainFFNN/6_pytorch: references equal PyTorch's own, and the judge tells answers apart."""

import statistics
from itertools import pairwise

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from tplib.exercises.tp6.pytorch import EXERCISES, MLP, BagOfNgrams, evaluate, sweep, train_epoch
from tplib.graders import Exercise
from tplib.graders.judge import judge


def data(seed: int, n: int = 11, d: int = 4, k: int = 3, size: int = 4) -> list[tuple[torch.Tensor, torch.Tensor]]:
    generator = torch.Generator().manual_seed(seed)
    x, y = torch.randn(n, d, generator=generator), torch.randint(k, (n,), generator=generator)
    return list(zip(x.split(size), y.split(size), strict=True))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_judging_leaves_the_notebooks_generator_alone(exercise: Exercise) -> None:
    before = torch.get_rng_state()
    judge(exercise, exercise.reference)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("exercise", [MLP, BagOfNgrams], ids=lambda e: e.name)
def test_stub_in_forward_is_not_attempted(exercise: Exercise) -> None:
    class Half(nn.Module):
        def __init__(self, *args: object) -> None:
            super().__init__()

        def forward(self, *args: object) -> torch.Tensor:
            raise NotImplementedError

    class NoForward(nn.Module):
        def __init__(self, *args: object) -> None:
            super().__init__()

    class NoModule:
        def __init__(self, *args: object) -> None:
            pass

    assert judge(exercise, NoForward).status == "wrong"
    assert "should be an nn.Module" in judge(exercise, NoModule).message
    assert judge(exercise, Half).status in ("wrong", "not attempted")


array, mean = np.zeros(3), np.zeros(3)  # named like the NumPy functions that the answer below calls


def test_a_variable_of_the_notebook_named_like_a_method_is_not_read_by_it() -> None:
    def answer(train_and_score, configurations, seeds):  # type: ignore[no-untyped-def]
        rows = []
        for configuration in configurations:
            scores = np.array([train_and_score(configuration, seed) for seed in seeds])
            centre, test = scores.mean(axis=0).tolist()
            std = float(scores[:, 0].std(ddof=1))
            rows.append({"configuration": configuration, "mean": centre, "std": std, "test": test})
        return sorted(rows, key=lambda row: -row["mean"])

    def reads(train_and_score, configurations, seeds):  # type: ignore[no-untyped-def]
        return [{**row, "mean": row["mean"] + mean[0]} for row in answer(train_and_score, configurations, seeds)]

    assert judge(sweep, answer).status == "right"
    assert judge(sweep, reads).misconception == "depends on a global variable"


@settings(max_examples=20, deadline=None)
@given(sizes=st.lists(st.integers(1, 6), min_size=2, max_size=4), b=st.integers(0, 5), seed=st.integers(0, 99))
def test_mlp_is_the_sequential_of_pytorch(sizes: list[int], b: int, seed: int) -> None:
    torch.manual_seed(seed)
    model = MLP.reference(sizes, 0.5).eval()
    layers = [nn.Linear(d, h) for d, h in pairwise(sizes)]
    for mine, theirs in zip(model.layers, layers, strict=True):
        theirs.load_state_dict(mine.state_dict())
    sequence = nn.Sequential(*[part for layer in layers for part in (layer, nn.ReLU())][:-1])
    x = torch.randn(b, sizes[0])
    torch.testing.assert_close(model(x), sequence(x))


@settings(max_examples=20, deadline=None)
@given(lengths=st.lists(st.integers(0, 6), min_size=1, max_size=5), seed=st.integers(0, 99))
def test_bag_of_ngrams_is_pytorchs_embedding_bag(lengths: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    texts = [rng.integers(0, 2**32, n).tolist() for n in lengths]
    buckets = [[w % 97 for w in text] + [(31 * a + b) % 97 for a, b in pairwise(text)] for text in texts]
    width = max(*lengths, 1) + 1
    words = torch.tensor([text + [-1] * (width - len(text)) for text in texts])
    torch.manual_seed(seed)
    model = BagOfNgrams.reference(97, 5, 3)
    offsets = torch.tensor([0, *np.cumsum([len(b) for b in buckets])[:-1]])
    flat = torch.tensor([bucket for bag in buckets for bucket in bag], dtype=torch.long)
    mean = F.embedding_bag(flat, model.embedding.weight, offsets, mode="mean")
    torch.testing.assert_close(model(words), model.linear(mean))


@pytest.mark.parametrize("seed", range(3))
def test_one_batch_of_train_epoch_is_one_step_along_the_analytic_gradient(seed: int) -> None:
    [(x, y)] = data(seed, size=99)
    model = nn.Linear(4, 3)
    weight, bias = model.weight.detach().clone(), model.bias.detach().clone()
    p = torch.softmax(x @ weight.T + bias, dim=1)
    delta = (p - F.one_hot(y, 3)) / len(x)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
    loss = train_epoch.reference(model, [(x, y)], optimizer, nn.CrossEntropyLoss())
    assert loss == pytest.approx(-p[torch.arange(len(x)), y].log().mean().item(), rel=1e-5)
    torch.testing.assert_close(model.weight.detach(), weight - 0.3 * delta.T @ x)
    torch.testing.assert_close(model.bias.detach(), bias - 0.3 * delta.sum(0))


@pytest.mark.parametrize("seed", range(3))
def test_train_epoch_returns_the_loss_of_the_whole_set_when_nothing_moves(seed: int) -> None:
    batches, model = data(seed), nn.Linear(4, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    loss = train_epoch.reference(model, batches, optimizer, nn.CrossEntropyLoss())
    whole = F.cross_entropy(torch.cat([model(x) for x, _ in batches]), torch.cat([y for _, y in batches]))
    assert loss == pytest.approx(whole.item(), rel=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_evaluate_is_the_share_of_the_whole_set(seed: int) -> None:
    batches, model = data(seed), nn.Linear(4, 3)
    whole = model(torch.cat([x for x, _ in batches])).argmax(1) == torch.cat([y for _, y in batches])
    assert evaluate.reference(nn.Sequential(nn.Dropout(0.99), model), batches) == pytest.approx(whole.sum().item() / 11)


def test_sweep_is_the_statistics_of_the_standard_library() -> None:
    table = {(w, s): (w * 0.01 + (w * s % 7) * 0.1, 1 - w * 0.01) for w in (8, 16, 32) for s in (3, 4, 5)}
    rows = sweep.reference(lambda c, s: table[c["width"], s], [{"width": w} for w in (8, 16, 32)], [3, 4, 5])
    assert [row["mean"] for row in rows] == sorted((row["mean"] for row in rows), reverse=True)
    for row in rows:
        runs = [table[row["configuration"]["width"], s][0] for s in (3, 4, 5)]
        assert row["mean"] == pytest.approx(statistics.mean(runs))
        assert row["std"] == pytest.approx(statistics.stdev(runs))
        assert row["test"] == pytest.approx(1 - row["configuration"]["width"] * 0.01)
