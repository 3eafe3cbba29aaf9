"""Figures of the notebooks. Each function draws in a new pyplot figure; matplotlib is loaded when one is called."""

from tplib.plots.activations import activations
from tplib.plots.boundaries import boundaries
from tplib.plots.classes import accuracies, images, jacobian, scores_and_probabilities
from tplib.plots.losses import gaussian_noise, loss_curves, regressions

__all__ = [
    "accuracies",
    "activations",
    "boundaries",
    "gaussian_noise",
    "images",
    "jacobian",
    "loss_curves",
    "regressions",
    "scores_and_probabilities",
]
