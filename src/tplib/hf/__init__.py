"""Hugging Face's `transformers` for this course: offline, silent, and with sentences instead of tracebacks.

Import it before `transformers`: importing `tplib.hf` sets what that library reads at its import, and imports nothing
heavy itself.
"""

from tplib.hf import settings
from tplib.hf.loading import load_causal, load_classifier, load_encoder, load_tokenizer, quiet
from tplib.hf.names import RENAMED, named, trainer, training_arguments
from tplib.hf.settings import require

settings.apply()

__all__ = [
    "RENAMED",
    "load_causal",
    "load_classifier",
    "load_encoder",
    "load_tokenizer",
    "named",
    "quiet",
    "require",
    "trainer",
    "training_arguments",
]
