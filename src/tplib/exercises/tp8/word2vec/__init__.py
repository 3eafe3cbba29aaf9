"""The exercises of TP8-HFTrain/1_word2vec, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp8.word2vec.cbow import cbow_pairs
from tplib.exercises.tp8.word2vec.gradient import sgns_grad
from tplib.exercises.tp8.word2vec.loss import sgns_loss
from tplib.exercises.tp8.word2vec.noise import negative_distribution
from tplib.exercises.tp8.word2vec.skipgram import skipgram_pairs

EXERCISES = complete(__name__, (skipgram_pairs, negative_distribution, sgns_loss, sgns_grad, cbow_pairs))
