"""The exercises of TP5-HFData/3_batches, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp5.batches.padding import collate
from tplib.exercises.tp5.batches.sentences import sentence_vector
from tplib.exercises.tp5.batches.shuffling import minibatches
from tplib.exercises.tp5.batches.standardizing import standardize

EXERCISES = complete(__name__, (collate, minibatches, standardize, sentence_vector))
