"""The exercises of TP6-TrainFFNN/2_losses, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp6.losses.bce import bce
from tplib.exercises.tp6.losses.bce_with_logits import bce_with_logits
from tplib.exercises.tp6.losses.cross_entropy import cross_entropy
from tplib.exercises.tp6.losses.cross_entropy_grad import cross_entropy_grad
from tplib.exercises.tp6.losses.gaussian import gaussian_log_likelihood
from tplib.exercises.tp6.losses.hinge import hinge_loss
from tplib.exercises.tp6.losses.mse import mse_loss
from tplib.exercises.tp6.losses.nll import nll_loss
from tplib.exercises.tp6.losses.posterior import map_loss
from tplib.exercises.tp6.losses.precision import estimate_beta

EXERCISES = complete(
    __name__,
    (
        bce,
        bce_with_logits,
        nll_loss,
        cross_entropy,
        cross_entropy_grad,
        mse_loss,
        gaussian_log_likelihood,
        estimate_beta,
        map_loss,
        hinge_loss,
    ),
)
