"""Answers that do not end: stopped with a sentence, in the main thread and in any other."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from tplib.graders import registry
from tplib.graders.answer import LocalAnswer
from tplib.graders.judge import judge_answer
from tplib.graders.patience import TooLongError, _alarm, _asked_by_a_thread, within
from tplib.graders.verdict import Verdict


def endless(x: Any) -> Any:
    while True:
        pass


def stubborn(x: Any) -> Any:
    while True:
        try:
            while True:
                pass
        except Exception:
            continue


def endless_for_some(x: Any) -> Any:
    while x.min() < -1:
        pass
    return x * (x > 0)


@pytest.mark.parametrize("how", [_alarm, _asked_by_a_thread])
@pytest.mark.parametrize("code", [endless, stubborn])
def test_code_is_stopped(how: Any, code: Any) -> None:
    with pytest.raises(TooLongError) as late, how(0.1):
        code(0)
    assert late.value.seconds == 0.1


@pytest.mark.parametrize("how", [_alarm, _asked_by_a_thread])
def test_code_that_ends_is_left_alone(how: Any) -> None:
    for _ in range(50):
        with how(5.0):
            total = sum(range(100))
    assert total == 4950


def test_one_within_the_other() -> None:
    with within(30.0), pytest.raises(TooLongError), within(0.1):
        endless(0)


@pytest.mark.parametrize("answer", [endless, stubborn, endless_for_some])
def test_the_verdict_is_a_sentence(answer: Any) -> None:
    verdict = judge_answer(registry.find("relu"), LocalAnswer(answer, seconds=0.2))
    assert (verdict.status, verdict.score, verdict.misconception) == ("wrong", 0.0, None)
    assert verdict.message.startswith("Your code did not get to its end: it was stopped after 0.2 s, in line ")
    assert f" of {answer.__name__}: `" in verdict.message
    assert verdict.hints


def test_outside_of_the_main_thread() -> None:
    verdicts: list[Verdict] = []
    exercise = registry.find("relu")
    thread = threading.Thread(target=lambda: verdicts.append(judge_answer(exercise, LocalAnswer(endless, 0.2))))
    thread.start()
    thread.join(60)
    assert verdicts[0].score == 0


def test_the_reference_goes_first_so_that_its_imports_are_not_on_the_answers_clock() -> None:
    """As where a check is the first to train with Adam, or to make a model of transformers: on a busy machine 20 s."""
    relu = registry.find("relu")
    observed = []

    def observing(candidate: Any, x: Any) -> Any:
        observed.append(candidate)
        return candidate(x)

    judge_answer(replace(relu, observe=observing), LocalAnswer(relu.alternatives[0]))
    own = observed.index(relu.alternatives[0])
    assert observed[:own] == [relu.reference] * own
    assert own
