"""The log-likelihood of each sentence of a batch, by a causal language model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tplib.exercises.tp9.language_models import observers
from tplib.exercises.tp9.language_models.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

if TYPE_CHECKING:
    from torch import Tensor

V = 6


def batch(draw: Draw, lengths: list[int], per_token: bool | None) -> Arguments:
    """Sentences of these lengths, padded on the right with numbers that mean nothing."""
    width = 3
    parameters = {
        "E": draw.array(V, width, low=-1.5, high=1.5),
        "A": draw.array(width, width, low=-1, high=1),
        "W": draw.array(V, width, low=-2, high=2),
    }
    ids = draw.integers(0, V, len(lengths), max(lengths))
    mask = np.array([[int(t < n) for t in range(max(lengths))] for n in lengths])
    return parameters, ids, mask, int(draw.integers(0, V)), per_token


def _usual(draw: Draw) -> Arguments:
    lengths = [draw.size(1, 5) for _ in range(draw.size(1, 3))]
    return batch(draw, lengths, draw.choice([False, True]))


def _padded(per_token: bool | None, *aspect: str) -> Drawn:
    return Drawn(lambda draw: batch(draw, [2, 5, 3], per_token), *aspect)


def _alone(length: int, per_token: bool) -> Drawn:
    return Drawn(lambda draw: batch(draw, [length], per_token))


def _same_numbers(number: str) -> Drawn:
    """The padding, and a real token, have the number 0, or that of the start token."""

    def case(draw: Draw) -> Arguments:
        parameters, ids, mask, bos, _ = batch(draw, [4, 2, 3], False)
        chosen = 0 if number == "zero" else bos
        ids[mask == 0] = chosen
        ids[0, 1], ids[1, 0], ids[2, 2] = chosen, chosen, chosen
        return parameters, ids, mask, bos, draw.choice([False, True])

    return Drawn(case)


def _looking(look: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name; no padding has a number one would write."""

    def case(draw: Draw) -> Arguments:
        parameters, ids, mask, bos, per_token = batch(draw, [3, 1, 2], False)
        ids[mask == 0] = draw.choice([number for number in range(2, V) if number != bos])
        return parameters, ids, mask, bos, per_token, look

    return Drawn(case, look)


@exercise(
    points=4,
    concepts=(51,),
    draws=5,
    rtol=1e-4,
    atol=1e-4,
    inputs=("parameters", "input_ids", "attention_mask", "bos", "per_token"),
    signature="sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False)",
    draw=_usual,
    edges=(
        _padded(False),
        _padded(True),
        _alone(1, False),
        _alone(4, True),
        _same_numbers("zero"),
        _same_numbers("start"),
        _padded(None, "defaults"),
        _looking("graph"),
        _looking("input"),
        _looking("type"),
    ),
    aspects={
        "defaults": "Right where per_token is given. Without it, the result is the sum.",
        "graph": "Right numbers, but PyTorch recorded a graph for a backward pass that never comes.",
        "input": "Right numbers, but your code changes input_ids or attention_mask. Work on a copy.",
        "type": "Right numbers, but the text asks for a tensor (B,): the notebook goes on with it as one.",
    },
    observe=observers.likelihoods,
)
def sentence_log_likelihood(
    model: Any, input_ids: Tensor, attention_mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    """sum over the real tokens t of log p(token t | bos, tokens before t); per_token: divided by their number.

    shapes: bos before each row: (B, T+1) -> scores (B, T+1, V); those at places 0 to T-1 are for tokens 1 to T: (B, T).
    worked: "the nurse" with p(the | bos) = 1/2 and p(nurse | bos, the) = 1/8: ln 1/16 = -2.77, per token -1.39
    """
    import torch

    values = token_log_probs(model, input_ids, attention_mask, bos) * attention_mask
    total = values.sum(dim=1)
    return total / attention_mask.sum(dim=1) if per_token else torch.as_tensor(total)


def token_log_probs(model: Any, input_ids: Tensor, attention_mask: Tensor, bos: int) -> Tensor:
    """log p (B, T) of each token, padding included."""
    return scores_of(model, input_ids, attention_mask, bos).log_softmax(-1).gather(-1, input_ids[..., None])[..., 0]


def scores_of(
    model: Any, input_ids: Tensor, attention_mask: Tensor, bos: int, places: slice = slice(None, -1)
) -> Tensor:
    """The scores (B, T, V) for each token, from the places before them."""
    import torch

    start = torch.full_like(input_ids[:, :1], bos)
    model.eval()
    with torch.no_grad():
        return model(  # type: ignore[no-any-return]
            input_ids=torch.cat([start, input_ids], dim=1),
            attention_mask=torch.cat([torch.ones_like(start), attention_mask], dim=1),
        ).logits[:, places]


@sentence_log_likelihood.alternative
def one_sentence_after_the_other(
    model: Any, input_ids: Tensor, attention_mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    import torch

    model.eval()
    result = []
    for row, mask in zip(input_ids, attention_mask, strict=True):
        tokens = [bos, *row[mask.bool()].tolist()]
        with torch.no_grad():
            log_p = torch.log_softmax(model(torch.tensor([tokens])).logits[0], dim=-1)
        values = [log_p[t, token] for t, token in enumerate(tokens[1:])]
        result.append(sum(values) / len(values) if per_token else sum(values))
    return torch.stack(result)  # type: ignore[arg-type]


@sentence_log_likelihood.alternative
def by_cross_entropy(
    model: Any, input_ids: Tensor, attention_mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    import torch
    import torch.nn.functional as F

    padded = F.pad(input_ids, (1, 0), value=bos)
    targets = input_ids.masked_fill(attention_mask == 0, -100)
    model.eval()
    with torch.inference_mode():
        scores = model(padded, attention_mask=F.pad(attention_mask, (1, 0), value=1)).logits[:, :-1]
        loss = F.cross_entropy(scores.transpose(1, 2), targets, ignore_index=-100, reduction="none")
    total = -loss.sum(1)
    return total / attention_mask.sum(1) if per_token else total
