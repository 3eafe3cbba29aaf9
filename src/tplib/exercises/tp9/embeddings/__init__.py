"""The exercises of TP9-Biais/1_embeddings, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp9.embeddings import permutation_mistakes  # noqa: F401
from tplib.exercises.tp9.embeddings.associating import association
from tplib.exercises.tp9.embeddings.cosine import cosine_similarity
from tplib.exercises.tp9.embeddings.direction import bias_direction
from tplib.exercises.tp9.embeddings.effect import weat_effect_size
from tplib.exercises.tp9.embeddings.equal import equalize
from tplib.exercises.tp9.embeddings.neutral import neutralize
from tplib.exercises.tp9.embeddings.permutation import weat_p_value

EXERCISES = complete(
    __name__,
    (
        cosine_similarity,
        association,
        weat_effect_size,
        weat_p_value,
        bias_direction,
        neutralize,
        equalize,
    ),
)
