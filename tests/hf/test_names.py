"""One call for transformers 4 and 5: names are translated to those of the version that is installed."""

import dataclasses

import pytest

from tplib import TplibError, hf
from tplib.hf.names import GONE, RENAMED, named

FOUR = {"output_dir", "evaluation_strategy", "no_cuda", "warmup_ratio", "warmup_steps", "group_by_length", "seed"}
FIVE = {"output_dir", "eval_strategy", "use_cpu", "warmup_steps", "train_sampling_strategy", "seed"}


@pytest.mark.parametrize(
    ("given", "known", "expected"),
    [
        ({"eval_strategy": "epoch"}, FOUR, {"evaluation_strategy": "epoch"}),
        ({"evaluation_strategy": "epoch"}, FIVE, {"eval_strategy": "epoch"}),
        ({"eval_strategy": "epoch"}, FIVE, {"eval_strategy": "epoch"}),
        ({"no_cuda": True, "seed": 3}, FIVE, {"use_cpu": True, "seed": 3}),
        ({"use_cpu": True}, FOUR, {"no_cuda": True}),
        ({"no_cuda": True}, {"no_cuda", "use_cpu"}, {"use_cpu": True}),  # 4.57 knows both, and warns of the first
        ({"warmup_ratio": 0.1}, FOUR, {"warmup_ratio": 0.1}),
        ({"warmup_ratio": 0.1}, FIVE, {"warmup_steps": 0.1}),
        ({"warmup_steps": 0.1}, FOUR, {"warmup_ratio": 0.1}),
        ({"warmup_steps": 100}, FOUR, {"warmup_steps": 100}),
        ({"group_by_length": True}, FIVE, {"train_sampling_strategy": "group_by_length"}),
        ({"group_by_length": False}, FIVE, {"train_sampling_strategy": "random"}),
        ({"train_sampling_strategy": "group_by_length"}, FOUR, {"group_by_length": True}),
    ],
)
def test_a_name_of_either_version_becomes_that_of_the_installed_one(given, known, expected):
    assert named(given, known) == expected


def test_trainers_tokenizer_is_the_processing_class_of_today():
    assert named({"tokenizer": 1}, {"processing_class"}, "Trainer") == {"processing_class": 1}
    assert named({"processing_class": 1}, {"tokenizer"}, "Trainer") == {"tokenizer": 1}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"eval_stratgy": "epoch"}, "TrainingArguments has no argument 'eval_stratgy'. Did you mean 'eval_strategy'"),
        ({"evaluation_strategy": "no", "eval_strategy": "epoch"}, "one argument under two names"),
        ({"overwrite_output_dir": True}, "name an empty folder"),
    ],
)
def test_a_wrong_name_is_a_sentence(given, sentence):
    with pytest.raises(TplibError, match=sentence):
        named(given, FIVE)


def test_the_table_agrees_with_the_installed_version(tmp_path):
    transformers = pytest.importorskip("transformers")
    fields = {field.name for field in dataclasses.fields(transformers.TrainingArguments)}
    here = {*RENAMED} - {"tokenizer", "torch_dtype"}
    assert all(RENAMED[old] in fields or old in fields for old in here)
    if int(transformers.__version__.split(".")[0]) >= 5:
        assert not ({*here, *GONE} & fields)
    arguments = hf.training_arguments(tmp_path, evaluation_strategy="epoch", no_cuda=True, seed=7)
    assert (str(arguments.eval_strategy.value), arguments.use_cpu, arguments.seed) == ("epoch", True, 7)
    assert (arguments.report_to, arguments.disable_tqdm) == ([], True)
    assert hf.training_arguments(tmp_path, disable_tqdm=False).disable_tqdm is False
