"""How a student's module is observed: its layers are known by their use, and PyTorch is left as it was."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tplib.graders import modules


class OutputFirst(nn.Module):
    """Declares its last layer first, and reads its shape before it computes with any."""

    def __init__(self) -> None:
        super().__init__()
        self.last, self.first, self.unused = nn.Linear(2, 2), nn.Linear(2, 2), nn.Linear(2, 2)

    def forward(self, x: Tensor) -> Tensor:
        assert self.last.weight.shape == (2, 2)
        return self.last(torch.relu(x @ self.first.weight.T + self.first.bias))


def test_layers_are_known_by_the_order_of_their_use() -> None:
    model = OutputFirst()
    wanted = [*model.first.parameters(), *model.last.parameters(), *model.unused.parameters()]
    found = modules.in_order_of_use(model, torch.ones(3, 2))
    assert [id(parameter) for parameter in found] == [id(parameter) for parameter in wanted]


def test_a_shared_parameter_is_listed_once() -> None:
    layer = nn.Linear(2, 2)
    assert len(modules.in_order_of_use(nn.Sequential(layer, layer), torch.ones(1, 2))) == 2


def test_load_takes_the_first_free_parameter_of_each_shape() -> None:
    model = nn.Sequential(nn.Linear(1, 1), nn.Linear(1, 1))
    assert modules.load(model.parameters(), [np.array([[3.0]]), np.array([1.0]), np.array([[5.0]]), np.array([2.0])])
    assert model(torch.ones(1, 1)).item() == 5 * (3 + 1) + 2
    assert not modules.load(model.parameters(), [np.array([[3.0]])])
    assert not modules.load(model.parameters(), [np.zeros(2)] * 4)


def test_gradients_are_arrays_and_none_is_said() -> None:
    table, unused = nn.Embedding(3, 1, sparse=True), nn.Linear(1, 1)
    table(torch.tensor([2, 2])).sum().backward()
    [dense] = modules.gradients(table.parameters())
    assert dense.tolist() == [[0], [0], [2]]
    assert modules.gradients(unused.parameters()) == ["none", "none"]


def test_repeatable_puts_back_what_an_answer_changed() -> None:
    @modules.repeatable()
    def answer() -> None:
        torch.rand(3)
        torch.set_grad_enabled(False)
        torch.set_default_dtype(torch.float64)
        raise ZeroDivisionError

    before = torch.get_rng_state()
    with pytest.raises(ZeroDivisionError):
        answer()
    assert torch.is_grad_enabled()
    assert torch.get_default_dtype() == torch.float32
    assert torch.equal(before, torch.get_rng_state())
