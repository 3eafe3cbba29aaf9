"""The exercise fine_tune of TP8-HFTrain/4_trainer: a Trainer that measures, keeps the best, and stops in time."""

from typing import Any

from tplib.exercises.tp8.trainer import observers
from tplib.exercises.tp8.trainer.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _texts(draw: Draw, lengths: list[int]) -> list[list[int]]:
    """Numbers of word pieces, between those of [CLS] and [SEP]."""
    return [[2, *draw.integers(4, 12, n).tolist(), 3] for n in lengths]


def _case(draw: Draw) -> Arguments:
    """Optional arguments, none at its default; the texts differ in length, the sets in size."""
    chosen = (draw.size(4, 9), draw.choice([2e-5, 5e-4, 3e-3]), draw.size(3, 6), draw.size(1, 40))
    return *_given(draw), *chosen


def _given(draw: Draw) -> Arguments:
    train, validation = _texts(draw, [2, 5, 3, 1]), _texts(draw, [3, 1])
    return "a tiny BERT", "its tokenizer", train, validation, "a function", "a folder"


def _one_epoch(draw: Draw) -> Arguments:
    *first, _, rate, patience, seed = _case(draw)
    return *first, 1, rate, patience, seed


def _looking(look: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: (*_case(draw), look), look)


def _defaults(draw: Draw) -> Arguments:
    """The default values of the text, which an answer is called with and without."""
    return *_given(draw), 3, 1e-4, 2, 0, "defaults"


@exercise(
    points=4,
    lecture="003, Reusing pretrained networks; Regularization: early stopping",
    concepts=(29, 48),
    draw=_case,
    draws=2,
    signature="fine_tune(model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, "
    "learning_rate=1e-4, patience=2, seed=0)",
    edges=(
        Drawn(_one_epoch),
        _looking("best"),
        _looking("stopping"),
        _looking("seed"),
        _looking("tokenizer"),
        _looking("reports"),
        _looking("disk"),
        Drawn(_defaults, "defaults"),
    ),
    aspects={
        "best": "Your Trainer trains and measures, but the model at the end is not the one with the best accuracy.",
        "stopping": "Your Trainer trains and measures, but does not stop after `patience` epochs without a better one: "
        "any better one, be it by a little.",
        "seed": "Your Trainer trains and measures, but from another seed than the given one.",
        "tokenizer": "Your Trainer trains and measures, but does not know the tokenizer, and so does not save it.",
        "reports": "Your Trainer trains and measures, but reports to services that may ask for an account.",
        "disk": "Your Trainer trains and measures, but saves the optimiser with each model: three times as much.",
        "defaults": "Right when all arguments are given, but the default values are not those of the notebook.",
    },
    observe=observers.training,
)
def fine_tune(
    model: Any,
    tokenizer: Any,
    train: Any,
    validation: Any,
    compute_metrics: Any,
    output_dir: str,
    epochs: int = 3,
    learning_rate: float = 1e-4,
    patience: int = 2,
    seed: int = 0,
) -> Any:
    """TrainingArguments say how, a Trainer is given what; `trainer.train()` runs it, and the trainer is returned.

    shapes: `per_device_train_batch_size=16`; `eval_strategy` and `save_strategy` "epoch"; `load_best_model_at_end=True`
    with `metric_for_best_model="accuracy"`; `save_only_model=True`;
    `callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)]`.
    worked: accuracies .70 .75 .74 .75 with patience 2: no epoch after the second is better than .75, so it stops after
    the fourth, and the model is as it was after the second.
    """
    from transformers import EarlyStoppingCallback, Trainer, TrainingArguments

    arguments = TrainingArguments(
        output_dir=output_dir,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        per_device_train_batch_size=16,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        save_only_model=True,
        report_to="none",
        seed=seed,
    )
    trainer = Trainer(
        model=model,
        args=arguments,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=patience)],
    )
    trainer.train()
    return trainer


@fine_tune.alternative
def with_a_collator(  # type: ignore[no-untyped-def]
    model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0
):
    import transformers as tf

    settings = {"eval_strategy": "epoch", "save_strategy": "epoch", "save_total_limit": 1, "report_to": []}
    settings |= {"save_only_model": True}
    settings |= {"load_best_model_at_end": True, "metric_for_best_model": "eval_accuracy", "greater_is_better": True}
    args = tf.TrainingArguments(
        output_dir,
        per_device_train_batch_size=16,
        per_device_eval_batch_size=64,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        seed=seed,
        data_seed=seed,
        disable_tqdm=True,
        **settings,
    )
    collator = tf.DataCollatorWithPadding(tokenizer)
    trainer = tf.Trainer(
        model, args, collator, train, validation, processing_class=tokenizer, compute_metrics=compute_metrics
    )
    trainer.add_callback(tf.EarlyStoppingCallback(patience))
    trainer.train()
    return trainer


@fine_tune.alternative
def with_a_class_of_its_own(  # type: ignore[no-untyped-def]
    model, tokenizer, train, validation, compute_metrics, output_dir, epochs=3, learning_rate=1e-4, patience=2, seed=0
):
    from transformers import EarlyStoppingCallback, IntervalStrategy, Trainer, TrainingArguments

    class Mine(Trainer):
        pass

    args = TrainingArguments(output_dir=output_dir, report_to="none", seed=seed, save_only_model=True)
    args.num_train_epochs, args.learning_rate, args.per_device_train_batch_size = epochs, learning_rate, 16
    args.eval_strategy = args.save_strategy = IntervalStrategy.EPOCH
    args.load_best_model_at_end, args.metric_for_best_model, args.greater_is_better = True, "accuracy", True
    stopping = EarlyStoppingCallback(early_stopping_patience=patience)
    mine = Mine(
        model=model,
        args=args,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        compute_metrics=compute_metrics,
        callbacks=[stopping],
    )
    mine.train()
    return mine
