"""Mistakes in fine-tuning: each leaves out, or changes, one thing that the Trainer is asked for."""

from collections.abc import Callable
from typing import Any

from tplib.exercises.tp8.trainer.training import fine_tune

Settings = dict[str, Any]


def _arguments(output_dir: str, epochs: int, learning_rate: float, seed: int) -> Settings:
    return {
        "output_dir": output_dir,
        "num_train_epochs": epochs,
        "learning_rate": learning_rate,
        "per_device_train_batch_size": 16,
        "eval_strategy": "epoch",
        "save_strategy": "epoch",
        "load_best_model_at_end": True,
        "metric_for_best_model": "accuracy",
        "save_only_model": True,
        "report_to": "none",
        "seed": seed,
    }


def _trained(trainer: Any) -> Any:
    trainer.train()
    return trainer


def _mistake(
    name: str,
    question: str,
    arguments: Settings | None = None,
    given: Callable[[Settings], Settings] = lambda given: given,
    without: tuple[str, ...] = (),
    run: Callable[[Any], Any] = _trained,
    stopping: Callable[[int], int | None] = lambda patience: patience,
    threshold: float = 0.0,
) -> None:
    """A mistake in the arguments (changed, or left out), in what the Trainer is given, or in how it is run."""

    def tune(
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
        from transformers import EarlyStoppingCallback, Trainer, TrainingArguments

        settings = {**_arguments(output_dir, epochs, learning_rate, seed), **(arguments or {})}
        kept = {name: value for name, value in settings.items() if name not in without}
        wait = stopping(patience)
        parts: Settings = {
            "model": model,
            "train_dataset": train,
            "eval_dataset": validation,
            "processing_class": tokenizer,
            "compute_metrics": compute_metrics,
            "callbacks": [] if wait is None else [EarlyStoppingCallback(wait, threshold)],
        }
        parts = {name: value for name, value in given(parts).items() if name not in without}
        return run(Trainer(args=TrainingArguments(**kept), **parts))

    fine_tune.mistake(question, name=name)(tune)


_mistake("never trained", "Who starts the training? A Trainer that is made has done nothing yet.", run=lambda t: t)
_mistake(
    "result of train() returned",
    "`train()` returns a few numbers. What does the text ask you to return?",
    run=lambda trainer: trainer.train(),
)
_mistake(
    "measured on the training set",
    "On which texts do you measure: those that were trained on, or others?",
    given=lambda parts: {**parts, "eval_dataset": parts["train_dataset"]},
)
_mistake(
    "sets exchanged",
    "On which of the two sets is the model trained?",
    given=lambda parts: {
        **parts,
        "train_dataset": parts["eval_dataset"],
        "eval_dataset": parts["train_dataset"],
    },
)
_mistake(
    "no metrics",
    "Where does the accuracy come from? Without `compute_metrics` the Trainer knows a loss only.",
    without=("compute_metrics",),
)
_mistake(
    "tokenizer not given",
    "Who pads the texts of a batch? The Trainer can, once it knows the tokenizer.",
    without=("processing_class",),
)
_mistake(
    "unknown argument name",
    "The message names an argument that there is not, or not in this version. Which names has the table of section 4?",
    arguments={"evaluation_strategy": "epoch"},
    without=("eval_strategy",),
)
_mistake(
    "never evaluated",
    'How should it find the best epoch, if it measures none? `eval_strategy` is "no" unless you say otherwise.',
    arguments={"save_strategy": "no", "load_best_model_at_end": False},
    without=("eval_strategy",),
)
_mistake(
    "evaluated every so many steps",
    "After how many updates do you measure: after so many steps, or after each epoch?",
    arguments={"eval_strategy": "steps", "save_strategy": "steps"},
)
_mistake(
    "batch size left at 8",
    "How many texts has a batch of yours? The default is 8.",
    without=("per_device_train_batch_size",),
)
_mistake("epochs left at 3", "Where does your code use `epochs`?", without=("num_train_epochs",))
_mistake("learning rate left at 5e-5", "Where does your code use `learning_rate`?", without=("learning_rate",))
_mistake("seed left at 42", "Where does your code use `seed`?", without=("seed",))
_mistake(
    "last model kept",
    "Which model do you have at the end: that of the last epoch, or of the best?",
    without=("load_best_model_at_end",),
)
_mistake(
    "best by the loss",
    "By which number is the best epoch chosen? Without `metric_for_best_model` it is the loss.",
    without=("metric_for_best_model",),
)
_mistake(
    "optimiser saved too",
    "Adam keeps two numbers for each weight. Do you need them, if this training will not go on later?",
    without=("save_only_model",),
)
_mistake(
    "smallest accuracy is best",
    "Is a smaller accuracy better? `greater_is_better` follows from the name of the metric.",
    arguments={"greater_is_better": False},
)
_mistake(
    "no early stopping",
    "When does your training stop? Which callback looks at the epochs without a better one?",
    stopping=lambda patience: None,
)
_mistake(
    "patience left at 1", "Where does your code use `patience`? The callback's default is 1.", stopping=lambda p: 1
)
_mistake("patience of 2 whatever is asked", "Where does your code use `patience`?", stopping=lambda p: 2)
_mistake(
    "resumed from a checkpoint",
    "The folder is empty. From which checkpoint should the training go on?",
    run=lambda trainer: (trainer.train(resume_from_checkpoint=True), trainer)[1],
)
_mistake(
    "ended by max_steps",
    "`max_steps` takes the place of `num_train_epochs`. What was asked for: steps or epochs?",
    arguments={"max_steps": 10},
)
_mistake("reports to all services", "What does the text say of services?", arguments={"report_to": "all"})
_mistake(
    "small rises do not count",
    "Which rise of the accuracy is a better one? `early_stopping_threshold` is 0 unless you say otherwise.",
    threshold=0.01,
)
_mistake(
    "trained twice", "How often do you call `train()`?", run=lambda trainer: (trainer.train(), _trained(trainer))[1]
)
_mistake(
    "model returned",
    "What does the text ask you to return: the model, or its trainer?",
    run=lambda t: _trained(t).model,
)
