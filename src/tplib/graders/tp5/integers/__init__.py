"""The exercises of TP5-HFData/2_text_to_integers, in the order of the notebook."""

from tplib.graders.tp5.integers.hashing import hashed_bag
from tplib.graders.tp5.integers.ngrams import ngrams
from tplib.graders.tp5.integers.numbering import decode, encode
from tplib.graders.tp5.integers.onehot import one_hot
from tplib.graders.tp5.integers.tokens import tokenize
from tplib.graders.tp5.integers.vocabulary import build_vocabulary

EXERCISES = (tokenize, build_vocabulary, encode, decode, one_hot, ngrams, hashed_bag)
