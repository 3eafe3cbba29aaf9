"""Options that cannot be: every layer, loss and optimiser says so in a sentence that names the option."""

import inspect

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn.arguments import CHECKS

# What makes one of each, where there are options without a default.
MADE = {
    "num_embeddings": 3, "embedding_dim": 2, "num_features": 2, "num_groups": 1, "num_channels": 2, "d_model": 2,
    "nhead": 1, "embed_dim": 2, "num_heads": 1, "in_features": 2, "out_features": 2, "in_channels": 2,
    "out_channels": 2, "kernel_size": 2, "output_size": 2, "norm_type": 2.0, "input_size": 2, "hidden_size": 2,
    "normalized_shape": 2,
}  # fmt: skip
NO_INTEGERS = [2.5, "2", None, True, np.float64(2), (2,), [2]]
NO_FLAGS = ["False", "a", 2.5, (), [1], np.ones(2)]
NO_NUMBERS = ["0.1", None, (0.1,), [0.1]]
NO_SIZES = [2.0, None, True, "3", (2, 1.5), {2: 2}]


def kinds():
    """Layers, losses and optimisers of the library, with what makes one."""
    for space in (nn, nn.optim):
        for name in dir(space):
            kind = getattr(space, name)
            if not (isinstance(kind, type) and issubclass(kind, nn.Module | nn.optim.Optimizer)):
                continue
            parameters = list(inspect.signature(kind).parameters.values())
            needed = [p.name for p in parameters if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
            made = {name: MADE[name] for name in needed if name in MADE}
            if "params" in needed:
                made["params"] = [nn.Parameter(np.ones(2))]
            if len(made) == len(needed):
                yield kind, made, parameters


def wrong_values(annotation):
    if "None" in annotation:
        return [value for value in wrong_values(annotation.removesuffix(" | None")) if value is not None]
    sizes = [value for value in NO_SIZES if annotation != "Size | str" or not isinstance(value, str)]
    return {"bool": NO_FLAGS, "int": NO_INTEGERS, "float": NO_NUMBERS}.get(annotation, sizes)


CASES = [
    pytest.param(kind, made, p, id=f"{kind.__name__}-{p.name}")
    for kind, made, parameters in kinds()
    for p in parameters
    if p.annotation in CHECKS and p.annotation != "OutputSize"
]


@pytest.mark.parametrize(("kind", "made", "parameter"), CASES)
def test_each_option_refuses_what_it_cannot_be(kind, made, parameter):
    for wrong in wrong_values(parameter.annotation):
        with pytest.raises((TypeError, ValueError), match=f"^{kind.__name__}: expected .*{parameter.name}"):
            kind(**made | {parameter.name: wrong})


def test_there_are_many():
    assert len(CASES) > 150


@pytest.mark.parametrize("number", [np.int64(2), np.int32(2), np.array(2)])
def test_integers_of_numpy_are_integers(number, normal):
    """As in PyTorch, wherever a size may stand: kernel, stride, padding, dilation, groups, sizes."""
    x = normal(0, 2, 4, 9, 9)
    for name, options in {
        "MaxPool2d": {"kernel_size": 2, "stride": 2, "dilation": 2},
        "AvgPool2d": {"kernel_size": 2, "stride": 2},
        "LPPool2d": {"norm_type": 2, "kernel_size": 2, "stride": 2},
        "Conv2d": {"in_channels": 4, "out_channels": 2, "kernel_size": 2, "stride": 2, "padding": 2, "groups": 2},
        "AdaptiveAvgPool2d": {"output_size": 2},
    }.items():
        oracle = getattr(torch.nn, name)(**options).double()
        given = {key: number if value == 2 else value for key, value in options.items()}
        layer = getattr(nn, name)(**given).double()
        layer.load_state_dict(oracle.state_dict())
        expected = oracle(torch.tensor(x)).detach().numpy()
        np.testing.assert_allclose(layer(nn.Tensor(x)).data, expected, rtol=1e-9, err_msg=name)
    for name in ("max_pool2d", "avg_pool2d", "max_pool1d", "avg_pool1d"):
        ours, theirs = getattr(nn.functional, name), getattr(torch.nn.functional, name)
        y = x if name.endswith("2d") else x[0]
        z = ours(nn.Tensor(y), number, number)
        np.testing.assert_allclose(z.data, theirs(torch.tensor(y), 2, 2).numpy(), err_msg=name)


@pytest.mark.parametrize("wrong", [2.0, None, "2", (2, 2, 2), {2}])
def test_sizes_of_functions(wrong, normal):
    x, w = nn.Tensor(normal(0, 1, 2, 6, 6)), nn.Tensor(normal(1, 2, 2, 2, 2))
    for call in (
        lambda: nn.functional.conv2d(x, w, None, wrong),
        lambda: nn.functional.conv2d(x, w, dilation=wrong),
        lambda: nn.functional.max_pool2d(x, 2, padding=wrong),
        lambda: nn.functional.avg_pool2d(x, wrong),
    ):
        with pytest.raises(ValueError, match=r"expected (stride|dilation|padding|kernel_size) to be an integer or 2"):
            call()
