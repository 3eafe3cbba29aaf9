"""The exercises of TP6-TrainFFNN/4_descent, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp6.descent import adam_mistakes, batches_mistakes, diagnosis_mistakes  # noqa: F401
from tplib.exercises.tp6.descent.adagrad import adagrad_step
from tplib.exercises.tp6.descent.adam import adam_step
from tplib.exercises.tp6.descent.batches import sgd_epoch
from tplib.exercises.tp6.descent.decay import step_decay
from tplib.exercises.tp6.descent.diagnosis import diagnose_curve
from tplib.exercises.tp6.descent.downhill import gradient_descent
from tplib.exercises.tp6.descent.momentum import momentum_step
from tplib.exercises.tp6.descent.rmsprop import rmsprop_step
from tplib.exercises.tp6.descent.search import random_search

EXERCISES = complete(
    __name__,
    (
        random_search,
        gradient_descent,
        sgd_epoch,
        momentum_step,
        adagrad_step,
        rmsprop_step,
        adam_step,
        step_decay,
        diagnose_curve,
    ),
)
