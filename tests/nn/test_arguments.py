"""Options that cannot be: every layer, loss, optimiser, schedule and function says so in a sentence that names it."""

import inspect
import pickle

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
    "normalized_shape": 2, "step_size": 2, "gamma": 0.5, "T_max": 3, "max_lr": 0.1, "milestones": [2],
    "lr_lambda": float, "pad": (1, 1), "pieces": 2, "patience": 2,
}  # fmt: skip
NO_INTEGERS = [2.5, "2", None, True, np.float64(2), (2,), [2]]
NO_FLAGS = ["False", "a", 2.5, (), [1], np.ones(2)]
NO_NUMBERS = ["0.1", None, (0.1,), [0.1]]
NO_LISTS = ["0.1", None, ("a",), {0.1}]
NO_PAIRS = ["0.1", None, 0.5, (0.1,), (0.1, "a"), (0.1, 0.2, 0.3), {0.1: 1, 0.2: 1}]
NO_PADS = ["1", None, 1, (0.5, 1), (True, 1), ("1", 1)]
NO_SIZES = [2.0, None, True, "3", (2, 1.5), {2: 2}]


def kinds():
    """Layers, losses, optimisers, schedules and functions of the library, with what makes one."""
    classes = nn.Module | nn.optim.Optimizer | nn.optim.lr_scheduler.LRScheduler | nn.EarlyStopping
    for space in (nn, nn.optim, nn.optim.lr_scheduler, nn.functional):
        for name in getattr(space, "__all__", dir(space)):
            kind, called = getattr(space, name), space is nn.functional
            if not (called or (isinstance(kind, type) and issubclass(kind, classes))):
                continue
            parameters = list(inspect.signature(kind).parameters.values())
            needed = [p.name for p in parameters if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
            made = {name: MADE[name] for name in needed if name in MADE}
            if "params" in needed:
                made["params"] = [nn.Parameter(np.ones(2))]
            if "optimizer" in needed:
                made["optimizer"] = nn.optim.SGD([nn.Parameter(np.ones(2))], momentum=0.9)
            if called:  # the options are looked at before the arrays
                made |= {name: np.ones(2) for name in needed if name not in made}
            if len(made) == len(needed):
                yield kind, made, parameters


def wrong_values(annotation):
    if "None" in annotation:
        return [value for value in wrong_values(annotation.removesuffix(" | None")) if value is not None]
    lists = {"float | Sequence[float]": NO_LISTS, "tuple[float, float]": NO_PAIRS, "Sequence[int]": NO_PADS}
    if annotation in lists:
        return lists[annotation]
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
    assert len(CASES) > 400


@pytest.mark.parametrize(("kind", "made", "parameter"), [case for case in CASES if "params" in case.values[1]])
def test_options_of_a_group_are_refused_as_the_constructors(kind, made, parameter):
    """In the groups that are given, and in one that comes later."""
    if parameter.name == "params":
        return
    for wrong in wrong_values(parameter.annotation):
        group = {"params": [nn.Parameter(np.ones(2))], parameter.name: wrong}
        with pytest.raises((TypeError, ValueError), match=f"^{kind.__name__}: expected .*{parameter.name}"):
            kind([group])
        with pytest.raises((TypeError, ValueError), match=f"^{kind.__name__}: expected .*{parameter.name}"):
            kind(**made).add_param_group(group)


def test_methods_refuse_what_is_no_flag_and_no_number():
    x, mask = nn.Tensor(np.ones((2, 2))), np.eye(2, dtype=bool)
    for wrong in (None, "7", "a", [None]):
        with pytest.raises((TypeError, ValueError), match="masked_fill: expected a"):
            x.masked_fill(mask, wrong)
        with pytest.raises((TypeError, ValueError), match="masked_fill: expected a"):
            x.clone().masked_fill_(mask, wrong)
    for wrong in ("False", "a", None, 0.5, [1]):
        for call in (lambda w: x.sort(0, descending=w), lambda w: x.argsort(0, w), lambda w: x.topk(1, 0, w)):
            with pytest.raises(TypeError, match="to be True or False"):
                call(wrong)
    for wrong in (2, "False", 0.5, [1]):
        for method in (x.var, x.std):
            with pytest.raises(TypeError, match="expected unbiased to be True or False"):
                method(0, unbiased=wrong)


@pytest.mark.parametrize("wrong", [float("nan"), -1.0])
def test_numbers_that_are_none_or_negative(wrong):
    x = np.ones((2, 2))
    for call in (
        lambda: nn.functional.huber_loss(x, x, delta=wrong),
        lambda: nn.functional.smooth_l1_loss(x, x, beta=wrong),
        lambda: nn.functional.cosine_similarity(x, x, eps=wrong),
    ):
        with pytest.raises(ValueError, match=f"expected an? (delta|beta|eps) .*got {wrong}"):
            call()


def test_a_module_is_no_parameters():
    with pytest.raises(TypeError, match=r"SGD: expected an iterable of parameters, got Linear.*; give its parameters"):
        nn.optim.SGD(nn.Linear(1, 1))


def test_checked_functions_are_found_by_pickle():
    for name in nn.functional.__all__:
        function = getattr(nn.functional, name)
        assert pickle.loads(pickle.dumps(function)) is function


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
        with pytest.raises(
            (TypeError, ValueError),
            match=r"expected (stride|dilation|padding|kernel_size) to be an integer or (2|a tuple)",
        ):
            call()
