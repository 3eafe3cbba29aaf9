"""The exercises of TP7-LSTM/4_language_model: references equal closed forms and PyTorch's own."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from tplib.exercises.tp7.language_model import EXERCISES, RNNLanguageModel, perplexity, sample_text
from tplib.graders import Exercise
from tplib.graders.judge import judge
from tplib.nn import LSTM, RNN, Tensor


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_judging_leaves_the_notebooks_generator_alone(exercise: Exercise) -> None:
    before = torch.get_rng_state()
    judge(exercise, exercise.reference)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize(("cell", "layer"), [("rnn", RNN), ("lstm", LSTM)])
@pytest.mark.parametrize(("b", "t"), [(1, 1), (3, 4)])
def test_model_equals_tplibs_own_layers_in_values_and_gradients(cell: str, layer: type, b: int, t: int) -> None:
    torch.manual_seed(0)
    model = RNNLanguageModel.reference(7, 3, 4, cell).double()
    x = torch.randint(7, (b, t), generator=torch.Generator().manual_seed(2))
    scores, _ = model(x)
    weights = torch.linspace(-1, 1, scores.numel(), dtype=torch.float64).reshape(scores.shape)
    (scores * weights).sum().backward()
    ours = layer(3, 4, batch_first=True)
    for name, parameter in ours.named_parameters():
        parameter.data = model.recurrent.get_parameter(name).detach().numpy().copy()
    outputs, _ = ours(Tensor(model.embedding.weight.detach().numpy()[x.numpy()], requires_grad=True))
    W = model.linear.weight.detach().numpy()
    found = outputs.data @ W.T + model.linear.bias.detach().numpy()
    np.testing.assert_allclose(scores.detach().numpy(), found, rtol=0, atol=1e-8)
    (outputs * Tensor(weights.numpy() @ W)).sum().backward()
    for name, parameter in ours.named_parameters():
        np.testing.assert_allclose(parameter.grad, model.recurrent.get_parameter(name).grad.numpy(), rtol=0, atol=1e-8)


class Table(nn.Module):
    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        self.table = nn.Parameter(table)

    def forward(self, x: torch.Tensor, state: object = None) -> tuple[torch.Tensor, object]:
        return self.table[x], state


def test_perplexity_has_its_three_landmarks() -> None:
    x, y = torch.tensor([[0, 1, 2]]), torch.tensor([[1, 2, 0]])
    assert perplexity.reference(Table(torch.zeros(3, 3)), [(x, y)]) == pytest.approx(3)
    assert perplexity.reference(Table(1000 * torch.eye(3)[[1, 2, 0]]), [(x, y)]) == pytest.approx(1)
    never = torch.zeros(3, 3)
    never[0, 1] = -torch.inf
    assert perplexity.reference(Table(never), [(x, y)]) == math.inf


def test_perplexity_is_the_exponential_of_pytorchs_mean_over_all_places() -> None:
    generator = torch.Generator().manual_seed(0)
    table = torch.randn(5, 5, generator=generator)
    x, y = torch.randint(5, (3, 4), generator=generator), torch.randint(5, (3, 4), generator=generator)
    y[1, 2:] = -100
    whole = F.cross_entropy(table[x].flatten(0, 1), y.flatten()).exp().item()
    assert perplexity.reference(Table(table), [(x[:1], y[:1]), (x[1:], y[1:])]) == pytest.approx(whole, rel=1e-5)


def test_sampled_frequencies_are_the_probabilities_at_each_temperature() -> None:
    scores = torch.tensor([1.0, 0.0, -1.0])
    model, n = Table(scores.expand(3, 3).clone()), 4000
    for temperature in (0.5, 1.0, 2.0):
        drawn = sample_text.reference(model, [0], n, np.random.default_rng(0), temperature)
        p = torch.softmax(scores / temperature, dim=0).numpy()
        found = np.bincount(drawn, minlength=3) / n
        np.testing.assert_allclose(found, p, atol=5 * float(np.sqrt(0.25 / n)))
    assert sample_text.reference(model, [2], 3, np.random.default_rng(0), 0) == [0, 0, 0]
