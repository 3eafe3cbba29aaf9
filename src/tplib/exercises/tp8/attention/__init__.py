"""Exercises of TP8-HFTrain/2_attention, in course order.

The modules about Seq2Seq import torch at the top, so that answers are top-level classes, which the demo hands in as
source text. They are loaded only when one of the notebook's exercises is asked for.
"""

from tplib.exercises.notebook import complete
from tplib.exercises.tp8.attention import (  # noqa: F401
    heads_mistakes,
    product_mistakes,
    translator_mistakes,
    translator_reading_mistakes,
)
from tplib.exercises.tp8.attention.heads import multi_head_attention
from tplib.exercises.tp8.attention.mask import causal_mask
from tplib.exercises.tp8.attention.positions import positional_encoding
from tplib.exercises.tp8.attention.product import scaled_dot_product_attention
from tplib.exercises.tp8.attention.translator import Seq2Seq

EXERCISES = complete(
    __name__,
    (
        scaled_dot_product_attention,
        causal_mask,
        Seq2Seq,
        multi_head_attention,
        positional_encoding,
    ),
)
