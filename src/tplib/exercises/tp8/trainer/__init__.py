"""Exercises of TP8-HFTrain/4_trainer, in course order.

None of its modules imports transformers at its top, which takes seconds: whoever asks for an exercise of another
notebook may pass through this one.
"""

from tplib.exercises.notebook import complete
from tplib.exercises.tp8.trainer import (  # noqa: F401
    freezing_mistakes,
    metrics_mistakes,
    tokenizing_mistakes,
    training_mistakes,
    unfreezing_mistakes,
)
from tplib.exercises.tp8.trainer.freezing import freeze_encoder
from tplib.exercises.tp8.trainer.metrics import compute_metrics
from tplib.exercises.tp8.trainer.tokenizing import tokenize_batch
from tplib.exercises.tp8.trainer.training import fine_tune
from tplib.exercises.tp8.trainer.unfreezing import unfreeze_top

EXERCISES = complete(__name__, (tokenize_batch, compute_metrics, fine_tune, freeze_encoder, unfreeze_top))
