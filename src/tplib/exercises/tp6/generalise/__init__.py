"""The exercises of TP6-TrainFFNN/5_generalise, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp6.generalise import (  # noqa: F401
    dropout_mistakes,
    glorot_mistakes,
    gradient_norms_mistakes,
    normalisation_mistakes,
    penalty_mistakes,
    spread_mistakes,
    stopping_mistakes,
)
from tplib.exercises.tp6.generalise.decay import weight_decay_step
from tplib.exercises.tp6.generalise.dropout import dropout_forward
from tplib.exercises.tp6.generalise.dropout_backward import dropout_backward
from tplib.exercises.tp6.generalise.elastic import elastic_net
from tplib.exercises.tp6.generalise.glorot import glorot_uniform
from tplib.exercises.tp6.generalise.gradient_norms import layer_gradient_norms
from tplib.exercises.tp6.generalise.l1 import l1_penalty
from tplib.exercises.tp6.generalise.l2 import l2_penalty
from tplib.exercises.tp6.generalise.normalisation import batch_norm_forward
from tplib.exercises.tp6.generalise.spread import activation_std
from tplib.exercises.tp6.generalise.stopping import EarlyStopping

EXERCISES = complete(
    __name__,
    (
        EarlyStopping,
        l2_penalty,
        weight_decay_step,
        dropout_forward,
        dropout_backward,
        l1_penalty,
        elastic_net,
        glorot_uniform,
        activation_std,
        layer_gradient_norms,
        batch_norm_forward,
    ),
)
