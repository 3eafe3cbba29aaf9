"""Exercises of TP7-LSTM/4_language_model, in course order.

Its modules import torch at the top, so that answers are plain functions and top-level classes, which the demo hands in
as source text. They are loaded only when one of their exercises is asked for.
"""

from tplib.exercises.notebook import complete
from tplib.exercises.tp7.language_model import measure_mistakes, model_mistakes  # noqa: F401
from tplib.exercises.tp7.language_model.measure import perplexity
from tplib.exercises.tp7.language_model.model import RNNLanguageModel
from tplib.exercises.tp7.language_model.sampling import sample_text

EXERCISES = complete(__name__, (RNNLanguageModel, perplexity, sample_text))
