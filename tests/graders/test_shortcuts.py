"""Library calls that the text of a notebook spells out."""

from types import ModuleType

import pytest

from tplib.graders.registry import exercises
from tplib.graders.shortcuts import named_calls, resolve

FORBIDDEN = ("scipy.special.expit", "torch.sigmoid")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["import torch", "def sigmoid(x):\n    return torch.sigmoid(x)"], "torch.sigmoid"),
        (["import torch as t", "sigmoid = t.sigmoid"], "torch.sigmoid"),
        (
            ["from scipy.special import expit as e", "%matplotlib inline\ndef sigmoid(x):\n    return e(x)"],
            FORBIDDEN[0],
        ),
        (["import torch", "this is no Python", "def sigmoid(x):\n    return torch.sigmoid(x)"], "torch.sigmoid"),
        (["import torch", "def other(x):\n    return torch.sigmoid(x)", "def sigmoid(x):\n    return x"], None),
        (["import torch", "sigmoid = torch.sigmoid", "def sigmoid(x):\n    return x"], None),
        (["def sigmoid(x):\n    return torch_sigmoid(x)"], None),
        ([], None),
    ],
)
def test_the_last_definition_counts_whatever_other_cells_hold(cells: list[str], found: str | None) -> None:
    assert named_calls(cells, "sigmoid", FORBIDDEN) == found


def test_no_forbidden_call_is_the_name_of_a_module() -> None:
    forbidden = {name for exercise in exercises() for name in exercise.forbidden}
    assert [name for name in sorted(forbidden) if isinstance(resolve(name), ModuleType)] == []
