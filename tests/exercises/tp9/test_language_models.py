"""The exercises of 2_language_models: references against the library, PyTorch and plain loops, and partial credit."""

import math
import subprocess
import sys

import numpy as np
import pytest
import torch

from tplib import bias
from tplib.exercises.tp9.language_models import EXERCISES, observers
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def drawn(name: str, seed: int) -> tuple:
    return BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


@pytest.mark.parametrize("seed", range(10))
def test_seat_is_the_librarys_effect_size(seed):
    table, x, y, a, b, templates = drawn("seat_effect_size", seed)
    encode = observers.encoder(table, [word for words in (x, y, a, b) for word in words])
    lists = [bias.in_templates(words, templates) for words in (x, y, a, b)]
    assert BY_NAME["seat_effect_size"](encode, x, y, a, b, templates) == pytest.approx(
        bias.seat_effect_size(encode, *lists)
    )


@pytest.mark.parametrize("seed", range(10))
def test_likelihood_is_that_of_plain_loops(seed):
    parameters, ids, mask, bos, per_token = drawn("sentence_log_likelihood", seed)
    found = observers.likelihoods(BY_NAME["sentence_log_likelihood"], parameters, ids, mask, bos, per_token)
    for row, real, value in zip(ids, mask, found, strict=True):
        h, before, logs = np.zeros(3), bos, []
        for token in row[real == 1]:
            h = np.tanh(parameters["A"] @ h + parameters["E"][before])
            scores = parameters["W"] @ h
            logs.append(scores[token] - math.log(np.exp(scores).sum()))
            before = token
        assert value == pytest.approx(np.mean(logs) if per_token else np.sum(logs), rel=1e-5)


@pytest.mark.parametrize("seed", range(10))
def test_scores_and_shares_are_the_librarys(seed):
    s, a, u, terms = drawn("stereotype_score", seed)
    expected = bias.stereoset_scores(s, a, u, terms, rounds=1)
    assert BY_NAME["stereotype_score"](s, a, u, terms) == pytest.approx(
        {"lm": expected.lm, "ss": expected.ss, "icat": expected.icat}
    )
    first, second = drawn("pairwise_preference", seed)
    for way, how in (("sum", np.sum), ("mean", np.mean)):
        values = [[how(tokens) for tokens in side] for side in (first, second)]
        assert BY_NAME["pairwise_preference"](first, second)[way] == pytest.approx(
            float(bias.pairwise_preference(*values))
        )


@pytest.mark.parametrize("mistake", ["per token by default", "gradients recorded"])
def test_edges_cost_half(mistake):
    exercise = BY_NAME["sentence_log_likelihood"]
    (wrong,) = (m for m in exercise.misconceptions if m.name == mistake)
    assert judge.judge(exercise, wrong.candidate, 0).score == 0.5


def test_the_tiny_model_is_called_as_those_of_transformers():
    model = observers.tiny_causal(drawn("sentence_log_likelihood", 0)[0]).eval()
    ids = torch.tensor([[1, 2, 3]])
    output = model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=ids)
    assert output[1] is output["logits"] is output.logits
    log_p = output.logits.log_softmax(-1)
    torch.testing.assert_close(output.loss, -(log_p[0, 0, 2] + log_p[0, 1, 3]) / 2)
    with pytest.raises(AttributeError, match="no 'past_key_values'"):
        getattr(model(ids), "past_key_values")  # noqa: B009


def test_no_exercise_imports_transformers():
    code = "import sys, tplib.exercises.tp9.language_models; assert not {'torch', 'transformers'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
