"""Models and tokenizers of the data cache: no hub, no bars, and a sentence where a model was not pulled."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from tplib import data
from tplib.hf import settings


def load_tokenizer(name: str = "minilm") -> Any:
    """The tokenizer of a model; TplibError where it is not in the cache, or transformers is not installed."""
    settings.require()
    from transformers import AutoTokenizer

    with quiet():
        return AutoTokenizer.from_pretrained(data.path(name), local_files_only=True, **_weights(name))


def load_encoder(name: str = "minilm", **more: Any) -> Any:
    """The model without a head: vectors of tokens. `more` goes to `from_pretrained`."""
    settings.require()
    from transformers import AutoModel

    with quiet():
        return AutoModel.from_pretrained(data.path(name), local_files_only=True, **more)


def load_classifier(name: str = "minilm", labels: Sequence[str] = ("negative", "positive"), **more: Any) -> Any:
    """The encoder with a new head that scores `labels`; the head is drawn from PyTorch's generator: seed it before."""
    settings.require()
    from transformers import AutoModelForSequenceClassification

    names = dict(enumerate(labels))
    numbers = {label: number for number, label in names.items()}
    with quiet():
        return AutoModelForSequenceClassification.from_pretrained(
            data.path(name), local_files_only=True, num_labels=len(names), id2label=names, label2id=numbers, **more
        )


def load_causal(name: str = "smollm2", **more: Any) -> tuple[Any, Any]:
    """The tokenizer and the causal language model, in evaluation mode; rounded weights become float32."""
    settings.require("gguf")
    from transformers import AutoModelForCausalLM

    tokenizer = load_tokenizer(name)
    with quiet(), _no_bar():
        model = AutoModelForCausalLM.from_pretrained(data.path(name), local_files_only=True, **_weights(name), **more)
    return tokenizer, model.eval()


@contextlib.contextmanager
def _no_bar() -> Iterator[None]:
    """No bar over the tensors of a GGUF file, which no switch of transformers knows."""
    from transformers import modeling_gguf_pytorch_utils as module

    bar = getattr(module, "tqdm", None)
    vars(module)["tqdm"] = lambda items, *args, **about: items
    try:
        yield
    finally:
        vars(module)["tqdm"] = bar


def _weights(name: str) -> dict[str, str]:
    """Where the whole model lies in one GGUF file, its name."""
    rounded = [file.name for file in data.info(name).files if file.name.endswith(".gguf")]
    return {"gguf_file": rounded[0]} if rounded else {}


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """No bars and no warnings of transformers, such as the one that a new head has new weights; then as before."""
    from transformers.utils import logging

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
