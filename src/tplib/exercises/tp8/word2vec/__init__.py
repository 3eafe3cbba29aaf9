"""The exercises of TP8-HFTrain/1_word2vec, in the order of the notebook."""

from tplib.exercises.tp8.word2vec.skipgram import skipgram_pairs

EXERCISES = (skipgram_pairs,)
