"""Exercises of TP6-TrainFFNN/6_pytorch, in course order.

Its modules import torch at the top, so that answers are plain functions and top-level classes, which the demo hands in
as source text. They are loaded only when one of their exercises is asked for.
"""

from tplib.exercises.notebook import complete
from tplib.exercises.tp6.pytorch import (  # noqa: F401
    accuracy_mistakes,
    epoch_mistakes,
    mlp_mistakes,
    ngrams_mistakes,
    selection_mistakes,
)
from tplib.exercises.tp6.pytorch.accuracy import evaluate
from tplib.exercises.tp6.pytorch.epoch import train_epoch
from tplib.exercises.tp6.pytorch.mlp import MLP
from tplib.exercises.tp6.pytorch.ngrams import BagOfNgrams
from tplib.exercises.tp6.pytorch.selection import sweep

EXERCISES = complete(__name__, (MLP, train_epoch, evaluate, BagOfNgrams, sweep))
