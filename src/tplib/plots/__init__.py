"""Figures of the notebooks. Each function draws in a new pyplot figure; matplotlib is loaded when one is called.

An `explore_...` function returns controls over a picture: make it the last line of a cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tplib.alt_texts import describe_in_notebook
from tplib.plots.activations import activations
from tplib.plots.boundaries import boundaries
from tplib.plots.classes import accuracies, images, jacobian, scores_and_probabilities
from tplib.plots.losses import gaussian_noise, loss_curves, regressions

if TYPE_CHECKING:
    from tplib.plots.explore import (
        explore_activation,
        explore_attention,
        explore_bias_axis,
        explore_boundary,
        explore_curves,
        explore_descent,
        explore_dropout,
        explore_embeddings,
        explore_field,
        explore_kernel,
        explore_latent,
        explore_positions,
        explore_race,
        explore_reach,
        explore_temperature,
        explore_thresholds,
        explore_word_lists,
    )

__all__ = [
    "accuracies",
    "activations",
    "boundaries",
    "explore_activation",
    "explore_attention",
    "explore_bias_axis",
    "explore_boundary",
    "explore_curves",
    "explore_descent",
    "explore_dropout",
    "explore_embeddings",
    "explore_field",
    "explore_kernel",
    "explore_latent",
    "explore_positions",
    "explore_race",
    "explore_reach",
    "explore_temperature",
    "explore_thresholds",
    "explore_word_lists",
    "gaussian_noise",
    "images",
    "jacobian",
    "loss_curves",
    "regressions",
    "scores_and_probabilities",
]

describe_in_notebook()


def __getattr__(name: str) -> Any:
    if not name.startswith("explore_") or name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tplib.plots import explore  # with the networks that it trains: only where one is asked for

    return getattr(explore, name)


def __dir__() -> list[str]:
    return __all__
