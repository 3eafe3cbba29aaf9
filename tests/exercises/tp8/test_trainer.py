"""The exercises of TP8-HFTrain/4_trainer: references against the libraries they lead to."""

import random
import subprocess
import sys

import numpy as np
import pytest
import torch

pytest.importorskip("transformers")
from sklearn.metrics import accuracy_score, f1_score

from tplib.exercises.tp8.trainer import (
    EXERCISES,
    compute_metrics,
    fine_tune,
    freeze_encoder,
    freezing_observers,
    observers,
    tokenize_batch,
    unfreeze_top,
)
from tplib.graders import Exercise
from tplib.graders.judge import judge


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_judging_leaves_all_generators_alone(exercise: Exercise) -> None:
    before = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].copy()  # noqa: NPY002
    judge(exercise, exercise.reference)
    assert torch.equal(before[0], torch.get_rng_state())
    assert random.getstate() == before[1]
    assert np.array_equal(np.random.get_state()[1], before[2])  # noqa: NPY002


def test_the_exercises_import_neither_transformers_nor_torch() -> None:
    program = "import sys, tplib.exercises.tp8.trainer; print({'torch', 'transformers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("name", ["seed left at 42", "no early stopping", "patience left at 1"])
def test_a_setting_that_is_not_used_is_no_wrong_default_value(name: str) -> None:
    (wrong,) = (m for m in fine_tune.misconceptions if m.name == name)
    verdict = judge(fine_tune, wrong.candidate, shrink=False)
    assert verdict.score == 0.5
    assert "default" not in verdict.message


@pytest.mark.parametrize("seed", range(5))
def test_metrics_are_scikit_learns(seed: int) -> None:
    from transformers import EvalPrediction

    rng = np.random.default_rng(seed)
    scores, labels = rng.normal(size=(30, 4)), rng.integers(0, 3, 30)
    labels[:5] = -100
    kept, guessed = labels[5:], scores[5:].argmax(axis=1)
    found = compute_metrics.reference(EvalPrediction(predictions=(scores, scores), label_ids=labels))
    assert found["accuracy"] == pytest.approx(accuracy_score(kept, guessed))
    macro = f1_score(kept, guessed, average="macro", labels=range(4), zero_division=0)
    assert found["f1"] == pytest.approx(macro)


def test_the_worked_lines_of_the_hints() -> None:
    from transformers import EvalPrediction

    batch = {"text": ["a good film"]}
    tokenizer = observers.tiny_tokenizer()
    assert tokenizer.convert_ids_to_tokens(tokenize_batch.reference(batch, tokenizer, {}, 4)["input_ids"][0]) == [
        "[CLS]",
        "a",
        "good",
        "[SEP]",
    ]
    scores = np.eye(2)[[0, 1, 0]]
    found = compute_metrics.reference(EvalPrediction(predictions=scores, label_ids=np.array([0, 1, 1])))
    assert found == {"accuracy": pytest.approx(2 / 3), "f1": pytest.approx(2 / 3)}


@pytest.mark.parametrize("family", ["bert", "roberta", "distilbert"])
def test_only_the_head_moves_in_a_step_of_a_frozen_model(family: str) -> None:
    torch.manual_seed(0)
    model = freezing_observers.tiny_classifier(family, 2)
    number = freeze_encoder.reference(model)
    before = {name: value.clone() for name, value in model.named_parameters()}
    ids = torch.tensor([[2, 4, 5, 3]])
    model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=torch.tensor([1])).loss.backward()
    torch.optim.SGD(model.parameters(), lr=1.0).step()
    moved = {name for name, value in model.named_parameters() if not torch.equal(value, before[name])}
    assert moved
    assert not any(name.startswith(family) for name in moved)
    assert number == sum(value.numel() for name, value in before.items() if not name.startswith(family))


def test_the_gradient_reaches_the_top_layers_and_stops_there() -> None:
    torch.manual_seed(0)
    model = freezing_observers.tiny_classifier("bert", 4)
    unfreeze_top.reference(model, 2)
    ids = torch.tensor([[2, 4, 5, 3]])
    model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=torch.tensor([1])).loss.backward()
    reached = {name for name, value in model.named_parameters() if value.grad is not None}
    assert {name.split(".")[3] for name in reached if ".layer." in name} == {"2", "3"}
    assert not any("embeddings" in name for name in reached)
    assert any("pooler" in name for name in reached)
    assert any(name.startswith("classifier") for name in reached)


@pytest.mark.filterwarnings("ignore")
def test_a_real_training_keeps_the_best_epoch_and_stops_early(tmp_path) -> None:
    """Not only asked for: a Trainer that trains does what the exercise's text says."""
    torch.manual_seed(0)
    model, tokenizer = freezing_observers.tiny_classifier("bert", 1), observers.tiny_tokenizer()
    texts = [[2, 4, 3], [2, 5, 6, 3], [2, 4, 7, 3], [2, 5, 3]] * 4
    rows = observers.rows(texts, [0, 1, 0, 1] * 4)
    told = iter([0.5, 0.75, 0.75, 0.5, 0.9])

    def metrics(prediction):
        return {"accuracy": next(told)}

    trainer = fine_tune.reference(model, tokenizer, rows, rows[:4], metrics, str(tmp_path), epochs=5, patience=2)
    accuracies = [entry["eval_accuracy"] for entry in trainer.state.log_history if "eval_accuracy" in entry]
    assert accuracies == [0.5, 0.75, 0.75, 0.5]
    assert trainer.state.best_metric == 0.75
    assert trainer.state.best_model_checkpoint.endswith("checkpoint-2")
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    best = AutoModelForSequenceClassification.from_pretrained(trainer.state.best_model_checkpoint)
    for name, value in best.state_dict().items():
        assert torch.equal(value, trainer.model.state_dict()[name])
    saved = AutoTokenizer.from_pretrained(trainer.state.best_model_checkpoint)
    assert saved(["a good film"])["input_ids"] == tokenizer(["a good film"])["input_ids"]
