"""The exercises of TP9-Biais/2_language_models, in the order of the notebook. No module imports transformers."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp9.language_models import (  # noqa: F401
    likelihood_mistakes,
    pairs_mistakes,
    sentences_mistakes,
    triples_mistakes,
)
from tplib.exercises.tp9.language_models.likelihood import sentence_log_likelihood
from tplib.exercises.tp9.language_models.pairs import pairwise_preference
from tplib.exercises.tp9.language_models.sentences import seat_effect_size
from tplib.exercises.tp9.language_models.triples import stereotype_score

EXERCISES = complete(
    __name__,
    (
        seat_effect_size,
        sentence_log_likelihood,
        stereotype_score,
        pairwise_preference,
    ),
)
