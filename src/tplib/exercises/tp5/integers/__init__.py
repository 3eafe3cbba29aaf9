"""The exercises of TP5-HFData/2_text_to_integers, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp5.integers.decoding import decode
from tplib.exercises.tp5.integers.encoding import encode
from tplib.exercises.tp5.integers.hashing import hashed_bag
from tplib.exercises.tp5.integers.ngrams import ngrams
from tplib.exercises.tp5.integers.onehot import one_hot
from tplib.exercises.tp5.integers.tokens import tokenize
from tplib.exercises.tp5.integers.vocabulary import build_vocabulary

EXERCISES = complete(__name__, (tokenize, build_vocabulary, encode, decode, one_hot, ngrams, hashed_bag))
