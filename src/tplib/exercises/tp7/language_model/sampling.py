"""The exercise sample_text of TP7-LSTM/4_language_model: a text drawn character by character from a model."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from tplib.exercises.tp7.language_model import observers
from tplib.exercises.tp7.language_model.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Rng = np.random.Generator


def _model(draw: Draw) -> tuple[dict[str, np.ndarray], int]:
    V, H = draw.size(3, 6), draw.size(2, 4)
    return {"E": draw.array(V, H), "A": draw.array(H, H), "W": draw.array(V, H, low=-1.5, high=1.5)}, V


def _case(draw: Draw, start: int, length: int, temperature: float | None) -> Arguments:
    model, V = _model(draw)
    return model, draw.integers(0, V, start).tolist(), length, draw.size(0, 1000), temperature


def _sample_case(draw: Draw) -> Arguments:
    return _case(draw, draw.size(1, 4), draw.size(4, 9), draw.choice([1.0, 0.5, 2.0]))


def _of(start: int, length: int, temperature: float | None, *aspect: str) -> Drawn:
    return Drawn(lambda draw: _case(draw, start, length, temperature), *aspect)


def _sharp(draw: Draw) -> Arguments:
    """Scores so large that, divided by a low temperature, their exponentials overflow."""
    model, start, length, seed, _ = _case(draw, 2, 6, None)
    return {**model, "W": 40 * model["W"]}, start, length, seed, 0.02


def _looking(look: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: (*_case(draw, 3, 3, 1.0), look), look)


@exercise(
    draws=4,
    points=4,
    lecture="003, Language Modeling and RNNs",
    concepts=(40,),
    inputs=("model", "start", "length", "seed", "temperature"),
    signature="sample_text(model, start, length, rng, temperature=1.0)",
    draw=_sample_case,
    edges=(
        _of(1, 1, 1.0),
        _of(4, 12, 0.4),
        _of(2, 12, 3.0),
        _of(3, 12, 1.0),
        _of(3, 12, 1.7),
        _of(3, 12, 0.0, "temperature 0"),
        _of(1, 12, 0.0, "temperature 0"),
        Drawn(_sharp, "low temperature"),
        _of(2, 60, None, "defaults"),
        _looking("mode"),
        _looking("graph"),
        _looking("state"),
        _looking("input"),
        _looking("type"),
    ),
    aspects={
        "temperature 0": "Right for temperatures above 0. At 0 the most probable character is taken, without a draw.",
        "low temperature": "Right, but not where a low temperature makes large scores: their exponentials overflow.",
        "defaults": "Right where the temperature is given. Without it, it is 1.",
        "mode": "Right text, but the model was not in evaluation mode.",
        "graph": "Right text, but PyTorch recorded a graph for a backward pass that never comes.",
        "state": "Right text, but afterwards nothing can be trained any more.",
        "input": "Right text, but your code changes the list `start`. Work on a copy.",
        "type": "Right text, but it should be a list of plain numbers, not of tensors.",
    },
    observe=observers.sampled,
)
def sample_text(model: nn.Module, start: list[int], length: int, rng: Rng, temperature: float = 1.0) -> list[int]:
    """p = softmax(scores / temperature); the next character is the first whose cumulative p is above u = rng.random().

    shapes: start goes in as (1, S), each new character as (1, 1) with the state; of scores (1, T, V), [0, -1].
    worked: scores ln [0.2, 0.3, 0.5], temperature 1: cumulative 0.2, 0.5, 1; u = 0.4 gives character 1.
    """
    model.eval()
    text: list[int] = []
    with torch.no_grad():
        scores, state = model(torch.tensor([start]))
        for _ in range(length):
            last = scores[0, -1].double()
            if temperature == 0:
                text.append(int(last.argmax()))
            else:
                p = torch.softmax(last / temperature, dim=0).numpy()
                text.append(int(rng.choice(len(p), p=p / p.sum())))
            scores, state = model(torch.tensor([text[-1:]]), state)
    return text


@sample_text.alternative
def whole_text_each_time(model, start, length, rng, temperature=1.0):  # type: ignore[no-untyped-def]
    model.eval()
    text = list(start)
    for _ in range(length):
        with torch.no_grad():
            scores = model(torch.tensor(text)[None])[0][0, -1].numpy().astype(np.float64)
        if temperature == 0:
            text.append(int(np.argmax(scores)))
            continue
        scaled = scores / temperature
        weights = np.exp(scaled - scaled.max())
        cumulative = np.cumsum(weights) / weights.sum()
        text.append(int(np.searchsorted(cumulative, rng.random(), side="right")))
    return text[len(start) :]


@sample_text.alternative
def start_character_by_character(model, start, length, rng, temperature=1.0):  # type: ignore[no-untyped-def]
    model.train(False)
    state, found = None, []
    with torch.inference_mode():
        for number in start:
            scores, state = model(torch.tensor([[number]]), state)
        while len(found) < length:
            if temperature > 0:
                logs = torch.log_softmax(scores[0, 0].double() / temperature, dim=-1)
                above = logs.exp().cumsum(0) > rng.random()
                number = int(above.int().argmax())
            else:
                number = scores[0, 0].max(dim=0).indices.item()
            found.append(number)
            scores, state = model(torch.tensor([[number]]), state)
    return found


def _probabilities(scores: Tensor, temperature: float) -> np.ndarray:
    p = torch.softmax(scores / temperature, dim=0).numpy()
    return np.asarray(p / p.sum())


def _draw(scores: Tensor, rng: Rng, temperature: float) -> int:
    if temperature == 0:
        return int(scores.argmax())
    p = _probabilities(scores, temperature)
    return int(rng.choice(len(p), p=p))


def _sampler(
    pick: Callable[[Tensor, Rng, float], Any] = _draw,
    place: int = -1,
    first: Callable[[list[int]], list[int]] = list,
    feed: Callable[[list[int], list[int]], list[int]] = lambda start, text: text[-1:],
    keep: Callable[[Any], Any] = lambda state: state,
    result: Callable[[list[int], list[int], int], Any] = lambda start, text, length: text,
    recording: bool = False,
    mode: Callable[[nn.Module], Any] = nn.Module.eval,
) -> Callable[..., Any]:
    def sample(model: nn.Module, start: list[int], length: int, rng: Rng, temperature: float = 1.0) -> Any:
        mode(model)
        text: list[int] = []
        with torch.set_grad_enabled(recording):
            scores, state = model(torch.tensor([first(start)]))
            for _ in range(length):
                text.append(pick(scores[0, place].detach().double(), rng, temperature))
                scores, state = model(torch.tensor([feed(start, text)]), keep(state))
        return result(start, text, length)

    return sample


def _mistake(name: str, question: str, **wrong: Any) -> None:
    sample_text.mistake(question, name=name)(_sampler(**wrong))


def _multinomial(scores: Tensor, rng: Rng, temperature: float) -> int:
    if temperature == 0:
        return int(scores.argmax())
    return int(torch.multinomial(torch.softmax(scores / temperature, dim=0), 1))


def _of_probabilities(scores: Tensor, rng: Rng, temperature: float) -> int:
    if temperature == 0:
        return int(scores.argmax())
    p = torch.softmax(scores, dim=0) / temperature
    return int(rng.choice(len(p), p=(p / p.sum()).numpy()))


def _overflowing(scores: Tensor, rng: Rng, temperature: float) -> int:
    if temperature == 0:
        return int(scores.argmax())
    with np.errstate(all="ignore"):
        weights = np.exp(scores.numpy() / temperature)
        return int(rng.choice(len(weights), p=weights / weights.sum()))


def _uniform(scores: Tensor, rng: Rng, temperature: float) -> int:
    return int(scores.argmax()) if temperature == 0 else int(rng.choice(len(scores)))


def _no_case_for_0(scores: Tensor, rng: Rng, temperature: float) -> int:
    with np.errstate(all="ignore"):
        p = _probabilities(scores, temperature) if temperature else np.full(len(scores), np.nan)
    return int(rng.choice(len(p), p=p))


_mistake(
    "temperature multiplied",
    "Should a high temperature make the distribution flatter or sharper? Do you divide by it?",
    pick=lambda scores, rng, T: _draw(scores * T, rng, 1.0) if T else int(scores.argmax()),
)
_mistake("temperature ignored", "Where does your code use `temperature`?", pick=lambda s, rng, T: _draw(s, rng, 1.0))
_mistake(
    "temperature of the probabilities",
    "p / T, divided by its sum, is p again. Where does the temperature belong: before or after softmax?",
    pick=_of_probabilities,
)
_mistake("temperature applied twice", "How often do you divide by it?", pick=lambda s, rng, T: _draw(s, rng, T * T))
_mistake(
    "always the most probable character",
    "Two calls with different generators: do they give different texts? Where do you draw?",
    pick=lambda scores, rng, T: int(scores.argmax()),
)
_mistake("characters drawn without the model", "Which probabilities do you give to `rng.choice`?", pick=_uniform)
_mistake(
    "another generator",
    "`torch.multinomial` draws from PyTorch's generator. From which one does the text ask you to draw?",
    pick=_multinomial,
)
_mistake(
    "no case for temperature 0", "What is a score divided by 0? What does the text say of T = 0?", pick=_no_case_for_0
)
_mistake("exponentials overflow", "What is exp(1000)? Which softmax is safe from it?", pick=_overflowing)
_mistake(
    "drawn character not fed back",
    "What does the model read after the first draw: your new character, or the end of `start` again?",
    feed=lambda start, text: start[-1:],
)
_mistake(
    "only the last character of the start read",
    "`start` may have many characters. Which of them does your model see?",
    first=lambda start: start[-1:],
)
_mistake(
    "only the first character of the start read",
    "`start` may have many characters. Which of them does your model see?",
    first=lambda start: start[:1],
)
_mistake(
    "state thrown away",
    "The model forgets everything but the last character in yours. What goes in with it?",
    keep=lambda state: None,
)
_mistake("scores of the first place", "The scores are (1, T, V). Which place says what comes after the start?", place=0)
_mistake(
    "start read again with its state",
    "You feed the whole text, and the state that has read it already. Which of the two is too much?",
    feed=lambda start, text: [*start, *text],
)
_mistake(
    "start in the result",
    "How many characters does the text ask for: with or without `start`?",
    result=lambda start, text, length: [*start, *text],
)
_mistake(
    "length of the whole text",
    "Is `length` the number of new characters, or that of the whole text?",
    result=lambda start, text, length: text[: max(length - len(start), 0)],
)
_mistake("last character missing", "How many characters do you return?", result=lambda start, text, length: text[:-1])
_mistake("text backwards", "Which character comes first?", result=lambda start, text, length: text[::-1])
_mistake("graph recorded", "Who needs the graph here? Which context switches its recording off?", recording=True)
_mistake(
    "training mode left on",
    "In which mode does your model answer? What does dropout do in that mode?",
    mode=lambda model: model,
)
_mistake(
    "characters as tensors",
    "`torch.tensor(3)` is no number. What gives the plain one?",
    result=lambda start, text, length: [torch.tensor(number) for number in text],
)


@sample_text.mistake("`start += ...` or `start.append` changes the caller's list. What will the next call start with?")
def start_changed(model: nn.Module, start: list[int], length: int, rng: Rng, temperature: float = 1.0) -> list[int]:
    text: list[int] = _sampler()(model, start, length, rng, temperature)
    start.extend(text)
    return text
