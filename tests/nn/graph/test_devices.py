"""The one device: programs that name it run as in PyTorch, any other is a sentence."""

import copy

import numpy as np
import pytest
import torch

from tplib import nn


@pytest.mark.parametrize(("new", "layer"), [(nn.Tensor, nn.Linear), (torch.tensor, torch.nn.Linear)])
def test_the_usual_lines_of_a_script(new, layer):
    x, model = new([1.0, 2.0], requires_grad=True), layer(2, 1)
    assert x.to("cpu") is x
    assert x.to(device="cpu") is x
    assert x.to("cpu", non_blocking=True) is x
    assert x.to(x.device) is x
    assert x.cpu() is x
    assert x.detach().to("cpu", copy=True).tolist() == [1.0, 2.0]
    assert x.to(new([1, 2])).dtype == new([1, 2]).dtype
    assert x.to("cpu", new([1.0]).double().dtype).dtype == new([1.0]).double().dtype
    assert x.to(dtype=new([1]).dtype).dtype == new([1]).dtype
    assert str(x.device) == "cpu"
    assert repr(x.device) == "device(type='cpu')"
    assert x.device.type == "cpu"
    assert x.device.index is None
    assert model.to("cpu") is model.to(device="cpu") is model.cpu() is model
    assert model.to(x.device, new([1.0]).double().dtype).weight.dtype == new([1.0]).double().dtype
    assert model.to(new([1.0]).float()).weight.dtype == new([1.0]).float().dtype


@pytest.mark.parametrize("other", ["cuda", "cuda:0", "mps", torch.device("meta")])
def test_another_device_is_refused(other):
    for thing in (nn.Tensor([1.0]), nn.Linear(1, 1)):
        with pytest.raises(TypeError, match="no device but 'cpu'"):
            thing.to(other)
        with pytest.raises(TypeError, match="no device but 'cpu'"):
            thing.to(device=other)


def test_what_is_neither_a_device_nor_a_dtype_is_refused():
    with pytest.raises(TypeError, match="expected a dtype, a tensor or the device 'cpu', got 'gpu'"):
        nn.Tensor([1.0]).to("gpu")
    assert nn.Tensor([1.0]).to("float32").dtype == np.float32


def test_a_copy_that_is_asked_for_is_on_the_graph():
    x = nn.Tensor([1.0], requires_grad=True)
    y = x.to("cpu", copy=True)
    assert y is not x
    y.backward()
    assert x.grad.tolist() == [1.0]
    assert copy.copy(x.device) == "cpu"
