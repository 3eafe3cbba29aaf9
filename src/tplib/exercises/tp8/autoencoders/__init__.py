"""Exercises of TP8-HFTrain/3_autoencoders, in course order.

Its modules import torch at the top, so that answers are plain functions and top-level classes, which the demo hands in
as source text. They are loaded only when one of their exercises is asked for.
"""

from tplib.exercises.notebook import complete
from tplib.exercises.tp8.autoencoders import network_mistakes, pretraining_mistakes  # noqa: F401
from tplib.exercises.tp8.autoencoders.evidence import vae_loss
from tplib.exercises.tp8.autoencoders.network import Autoencoder
from tplib.exercises.tp8.autoencoders.noise import add_noise
from tplib.exercises.tp8.autoencoders.pretraining import pretrain_then_classify
from tplib.exercises.tp8.autoencoders.sampling import reparameterize
from tplib.exercises.tp8.autoencoders.sparsity import sparsity_penalty
from tplib.exercises.tp8.autoencoders.tied import tied_decode

EXERCISES = complete(
    __name__,
    (
        Autoencoder,
        add_noise,
        reparameterize,
        vae_loss,
        tied_decode,
        sparsity_penalty,
        pretrain_then_classify,
    ),
)
