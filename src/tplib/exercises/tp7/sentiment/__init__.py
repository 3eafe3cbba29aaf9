"""Exercises of TP7-LSTM/3_sentiment, in course order.

Its modules import torch at the top, so that answers are plain functions and top-level classes, which the demo hands in
as source text. They are loaded only when one of their exercises is asked for.
"""

from tplib.exercises.notebook import complete
from tplib.exercises.tp7.sentiment import classifier_mistakes, training_mistakes, validation_mistakes  # noqa: F401
from tplib.exercises.tp7.sentiment.classifier import LSTMClassifier
from tplib.exercises.tp7.sentiment.packing import pack_batch
from tplib.exercises.tp7.sentiment.training import fit

EXERCISES = complete(__name__, (pack_batch, LSTMClassifier, fit))
