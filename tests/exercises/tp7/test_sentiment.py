"""The exercises of TP7-LSTM/3_sentiment: references equal PyTorch's own in float64."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

from tplib.exercises.tp7.sentiment import EXERCISES, LSTMClassifier, fit, pack_batch
from tplib.graders import Exercise
from tplib.graders.judge import judge
from tplib.nn import LSTM, Tensor


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_judging_leaves_the_notebooks_generator_alone(exercise: Exercise) -> None:
    before = torch.get_rng_state()
    judge(exercise, exercise.reference)
    assert torch.equal(before, torch.get_rng_state())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=6), min_size=1, max_size=5))
def test_pack_batch_is_pack_padded_sequence(texts: list[list[int]]) -> None:
    rows = [torch.tensor(text or [1]) for text in texts]
    lengths = torch.tensor([len(row) for row in rows])
    padded = pad_sequence(rows, batch_first=True)
    expected = pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
    found = pack_batch.reference(texts)
    for name in ("data", "batch_sizes", "sorted_indices", "unsorted_indices"):
        assert torch.equal(getattr(found, name), getattr(expected, name))


@pytest.mark.parametrize("lengths", [[3, 5, 1], [1], [4, 4]])
def test_classifier_equals_tplibs_own_lstm_text_by_text_in_values_and_gradients(lengths: list[int]) -> None:
    torch.manual_seed(0)
    model = LSTMClassifier.reference(9, 3, 4, 2).double()
    generator = torch.Generator().manual_seed(1)
    texts = [torch.randint(9, (n,), generator=generator).tolist() for n in lengths]
    scores = model(pack_batch.reference(texts))
    weights = torch.linspace(-1, 1, scores.numel(), dtype=torch.float64).reshape(scores.shape)
    (scores * weights).sum().backward()

    ours = LSTM(3, 4)
    for name, parameter in ours.named_parameters():
        parameter.data = model.lstm.get_parameter(name).detach().numpy().copy()
    for row, text in enumerate(texts):
        vectors = Tensor(model.embedding.weight.detach().numpy()[text][:, None], requires_grad=True)  # (T, 1, E)
        _, (h, _) = ours(vectors)
        last = model.linear.weight.detach().numpy() @ h.data.reshape(-1) + model.linear.bias.detach().numpy()
        np.testing.assert_allclose(scores[row].detach().numpy(), last, rtol=0, atol=1e-8)
        (h * Tensor((weights[row] @ model.linear.weight.detach()).numpy())).sum().backward()
    for name, parameter in ours.named_parameters():
        np.testing.assert_allclose(parameter.grad, model.lstm.get_parameter(name).grad.numpy(), rtol=0, atol=1e-8)


def test_one_epoch_of_fit_is_clipped_steps_along_the_analytic_gradient() -> None:
    generator = torch.Generator().manual_seed(0)
    x, y = 5 * torch.randn(6, 3, generator=generator, dtype=torch.float64), torch.tensor([0, 1, 1, 0, 1, 0])
    torch.manual_seed(0)
    model = nn.Linear(3, 2, dtype=torch.float64)
    weight, bias = model.weight.detach().clone(), model.bias.detach().clone()
    delta = (torch.softmax(x @ weight.T + bias, dim=1) - F.one_hot(y, 2)) / len(x)
    dW, db = delta.T @ x, delta.sum(0)
    norm = float((dW.pow(2).sum() + db.pow(2).sum()).sqrt())
    assert norm > 0.1
    accuracies = fit.reference(model, [(x, y)], [(x, y)], torch.optim.SGD(model.parameters(), lr=0.5), 1, 0.1)
    step = 0.5 * 0.1 / (norm + 1e-6)  # PyTorch adds 1e-6 to the norm
    torch.testing.assert_close(model.weight.detach(), weight - step * dW, rtol=0, atol=1e-8)
    torch.testing.assert_close(model.bias.detach(), bias - step * db, rtol=0, atol=1e-8)
    assert accuracies == [pytest.approx((model(x).argmax(1) == y).double().mean().item())]


def test_fit_leaves_the_model_as_it_was_after_the_best_epoch() -> None:
    generator = torch.Generator().manual_seed(3)
    x, y = torch.randn(12, 3, generator=generator), torch.randint(2, (12,), generator=generator)
    model = nn.Linear(3, 2)
    accuracies = fit.reference(model, [(x, y)], [(x, 1 - y)], torch.optim.SGD(model.parameters(), lr=1.0), 6)
    assert max(accuracies) == pytest.approx((model(x).argmax(1) == 1 - y).double().mean().item())
