"""How the answers of TP8-HFTrain/4_trainer are watched: arrays in, arrays out; nothing here tells what is right.

Their models are tiny, random, and made on the spot: no hub, no cache, a few hundred parameters. Those that are frozen
are in `freezing_observers`.

`look` says what of an answer to report; "values" is what it computes.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np

from tplib.graders import modules

IMPORTED_LATE = ("torch", "transformers", "tokenizers")  # seconds: before the first submission, not with each
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
WORDS = ("good", "bad", "film", "plot", "very", "not", "a", "the")


def tiny_tokenizer() -> Any:
    """A tokenizer of transformers that knows `WORDS`, one number each, and puts [CLS] and [SEP] around a text."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = {word: number for number, word in enumerate((*SPECIAL, *WORDS))}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    ends = [("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    made.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    return PreTrainedTokenizerFast(tokenizer_object=made, model_max_length=12, **names)


@cache
def trainers_classifier() -> Any:
    """The classifier that each Trainer is given: none of them trains it."""
    from transformers import BertConfig, BertForSequenceClassification

    width = {"hidden_size": 4, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 4}
    vocabulary = len(SPECIAL) + len(WORDS)
    config = BertConfig(vocab_size=vocabulary, max_position_embeddings=16, pad_token_id=0, **width)
    return BertForSequenceClassification(config)


@contextmanager
def silent() -> Iterator[None]:
    """No warnings of transformers, which go past Python's own."""
    from transformers.utils import logging

    verbosity = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)


@contextmanager
def untouched() -> Iterator[None]:
    """All generators as they were: a Trainer seeds Python's and NumPy's, too."""
    python, numpy = random.getstate(), np.random.get_state()  # noqa: NPY002
    try:
        with modules.repeatable():
            yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)  # noqa: NPY002


def tokenizing(candidate: Any, batch: dict[str, Any], label2id: dict[str, int], max_length: int | None) -> Any:
    """The columns that a model reads; max_length None leaves it to its default."""
    more = () if max_length is None else (max_length,)
    with silent():
        found = candidate(batch, tiny_tokenizer(), label2id, *more)
    columns = ("input_ids", "attention_mask", "labels")
    return {name: plain(found[name]) for name in columns if name in found}


def plain(value: Any) -> Any:
    """Tensors and arrays as lists."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def metrics(candidate: Any, prediction: dict[str, Any], look: str = "values") -> Any:
    """The metrics of predictions, which a Trainer hands over as one object of `predictions` and `label_ids`."""
    from transformers import EvalPrediction

    found = candidate(EvalPrediction(**prediction))
    if look == "type" and isinstance(found, dict):
        return {name: type(value).__name__ if hasattr(value, "detach") else "a number" for name, value in found.items()}
    if isinstance(found, dict):
        return {name: value.item() if hasattr(value, "item") else value for name, value in found.items()}
    return found


@contextmanager
def no_training(started: list[Any]) -> Iterator[None]:
    """Every `Trainer.train` ends at once and is noted: what was asked for is judged, not how long it takes.

    So a Trainer need not seed the generators either, a quarter of the time that it takes to make one.
    """
    import transformers
    from transformers import trainer
    from transformers.trainer_utils import TrainOutput

    real, seed = transformers.Trainer.train, trainer.set_seed

    def train(self: Any, resume_from_checkpoint: Any = None, *args: Any, **kwargs: Any) -> Any:
        started.append((self, resume_from_checkpoint))
        return TrainOutput(0, 0.0, {})

    transformers.Trainer.train, trainer.set_seed = train, lambda *args, **kwargs: None
    try:
        with no_service():
            yield
    finally:
        transformers.Trainer.train, trainer.set_seed = real, seed


@contextmanager
def no_service() -> Iterator[None]:
    """To report to "all" is noted as such, whichever services are installed here; none is begun."""
    from transformers import integrations, trainer

    installed, callbacks = (
        integrations.get_available_reporting_integrations,
        trainer.get_reporting_integration_callbacks,
    )
    integrations.get_available_reporting_integrations = lambda: ["all that are installed"]
    trainer.get_reporting_integration_callbacks = lambda *args, **kwargs: []
    try:
        yield
    finally:
        integrations.get_available_reporting_integrations = installed
        trainer.get_reporting_integration_callbacks = callbacks


def rows(texts: list[list[int]], labels: list[int]) -> list[dict[str, Any]]:
    """Tokenised examples of different lengths, as a data set of dictionaries."""
    return [
        {"input_ids": ids, "attention_mask": [1] * len(ids), "labels": label}
        for ids, label in zip(texts, labels, strict=True)
    ]


def share_of_ones(prediction: Any) -> dict[str, float]:
    """Stands for `compute_metrics`: its number is no metric that a Trainer knows by itself."""
    return {"accuracy": float(np.mean(prediction.label_ids == 1)) + 0.25}


def training(
    candidate: Any,
    model_name: str,
    tokenizer_name: str,
    train: list[list[int]],
    validation: list[list[int]],
    metrics_name: str,
    folder_name: str,
    epochs: int,
    learning_rate: float,
    patience: int,
    seed: int,
    look: str = "values",
) -> Any:
    """What an answer asks a Trainer for; of "defaults", what it asks for where optional arguments are left out."""
    given = {"epochs": epochs, "learning_rate": learning_rate, "patience": patience, "seed": seed}

    def asked(look: str, **settings: Any) -> Any:
        started: list[Any] = []
        with silent(), untouched(), tempfile.TemporaryDirectory() as folder, no_training(started):
            model, tokenizer = trainers_classifier(), tiny_tokenizer()
            sets = [rows(part, [i % 2 for i in range(len(part))]) for part in (train, validation)]
            with unknown_arguments():
                found = candidate(model, tokenizer, *sets, share_of_ones, folder, **settings)
            return _asked(found, started, model, tokenizer, look, folder)

    if look != "defaults":
        return asked(look, **given)
    full, short = asked("settings", **given), asked("settings")
    # A setting that is the same either way tells nothing of the default value: whether it is used is asked elsewhere.
    return {name: given[name] if full.get(name) == short.get(name) else short.get(name) for name in given}


UnknownArgument = type("TypeError, unknown argument", (TypeError,), {})


@contextmanager
def unknown_arguments() -> Iterator[None]:
    """A TypeError for an argument that there is not, apart from any other."""
    try:
        yield
    except TypeError as error:
        if "unexpected keyword argument" not in str(error):
            raise
        raise UnknownArgument(str(error)).with_traceback(error.__traceback__) from None


def _asked(found: Any, started: list[Any], model: Any, tokenizer: Any, look: str, folder: str) -> Any:
    if len(started) != 1:
        return {"calls of train()": len(started)}
    trainer, resumed = started[0]
    args = trainer.args
    if look == "best":
        saves = str(args.save_strategy.value)
        return {
            "saves each": "epoch" if saves == "best" else saves,
            "best model at the end": bool(args.load_best_model_at_end),
            "best by": str(args.metric_for_best_model).removeprefix("eval_"),
            "larger is better": args.greater_is_better,
        }
    if look == "disk":
        return {"saved": "weights only" if args.save_only_model else "optimiser, too"}
    stops = [c for c in trainer.callback_handler.callbacks if hasattr(c, "early_stopping_patience")]
    patience = [c.early_stopping_patience for c in stops]
    if look == "stopping":
        return {"patience": patience, "threshold": [c.early_stopping_threshold for c in stops]}
    if look == "seed":
        return {"seed": args.seed}
    if look == "settings":
        times = float(args.num_train_epochs)
        return {"epochs": times, "learning_rate": args.learning_rate, "patience": patience, "seed": args.seed}
    if look == "tokenizer":
        return {"tokenizer saved with the model": trainer.processing_class is tokenizer}
    if look == "reports":
        return {"reports to": list(args.report_to)}
    return {
        "calls of train()": 1,
        "how the training begins": "from a checkpoint" if resumed else "anew",
        "what ends the training": "its epochs" if args.max_steps <= 0 else "max_steps",
        "the result is": "the trainer" if found is trainer else type(found).__name__,
        "model": "the given one" if trainer.model is model else "another one",
        "folder": "the given one" if args.output_dir == folder else "another one",
        "training set": [row["input_ids"] for row in trainer.train_dataset],
        "validation set": [row["input_ids"] for row in trainer.eval_dataset or ()],
        "epochs": float(args.num_train_epochs),
        "learning rate": args.learning_rate,
        "batch size": args.per_device_train_batch_size * args.gradient_accumulation_steps,
        "evaluates each": str(args.eval_strategy.value),
        "metrics of two predictions, one of them right": _metrics(trainer),
        **_batch(trainer),
    }


def _metrics(trainer: Any) -> str:
    from transformers import EvalPrediction

    if trainer.compute_metrics is None:
        return "none"
    found = trainer.compute_metrics(EvalPrediction(predictions=np.eye(2), label_ids=np.array([1, 1])))
    return ", ".join(f"{name} {value:g}" for name, value in found.items()) if isinstance(found, dict) else str(found)


def _batch(trainer: Any) -> dict[str, Any]:
    """The first two rows of different lengths as the model would get them."""
    pair = [dict(trainer.train_dataset[0]), dict(trainer.train_dataset[1])]
    try:
        columns = {f"{name} of a batch": modules.array(value) for name, value in trainer.data_collator(pair).items()}
        return {"two rows of different lengths": "become a batch", **columns}
    except ValueError:
        return {"two rows of different lengths": "do not become a batch"}
