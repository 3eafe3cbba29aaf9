"""Mistakes in the log-likelihood of a sentence: start, shift, softmax, padding, sum and mean, the mode of the model."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tplib.exercises.tp9.language_models.likelihood import scores_of, sentence_log_likelihood, token_log_probs

if TYPE_CHECKING:
    from torch import Tensor


def _reduced(values: Tensor, mask: Tensor, per_token: bool) -> Tensor:
    """The sum over real tokens, or their mean; `values` is log p (B, T)."""
    total = values.masked_fill(mask == 0, 0).sum(dim=1)
    return total / mask.sum(dim=1) if per_token else total


def _of_values(how: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """An answer that has other numbers for the tokens: how(model, ids, mask, bos) -> (B, T)."""

    def answer(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
        return _reduced(how(model, ids, mask, bos), mask, per_token)

    return answer


def _gathered(scores: Tensor, ids: Tensor) -> Tensor:
    return scores.log_softmax(-1).gather(-1, ids[..., None])[..., 0]


@sentence_log_likelihood.mistake("What is p(first token) in yours? Which token stands before it?")
def first_token_lost(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    import torch

    model.eval()
    with torch.no_grad():
        scores = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    return _reduced(_gathered(scores, ids[:, 1:]), mask[:, 1:], per_token)


@sentence_log_likelihood.mistake("The first token has a probability, given the start. Does your sum hold it?")
def first_token_left_out_after_the_start(
    model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    values = token_log_probs(model, ids, mask, bos)
    return _reduced(values[:, 1:], mask[:, 1:], per_token)


@sentence_log_likelihood.mistake("The scores at a place are for the token that comes next. Which token do you look up?")
def probability_of_the_token_just_read(
    model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    return _of_values(lambda *a: _gathered(scores_of(*a, places=slice(1, None)), ids))(model, ids, mask, bos, per_token)


@sentence_log_likelihood.mistake("The scores at a place are for the token that comes next. Which token do you look up?")
def no_start_and_no_shift(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    import torch

    model.eval()
    with torch.no_grad():
        scores = model(input_ids=ids, attention_mask=mask).logits
    return _reduced(_gathered(scores, ids), mask, per_token)


@sentence_log_likelihood.mistake("After which token does the model answer for the next one? You shift the other way.")
def shifted_the_wrong_way(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    import torch

    def values(*a: Any) -> Tensor:
        before = torch.cat([torch.full_like(ids[:, :1], bos), ids], dim=1)
        return _gathered(scores_of(*a, places=slice(1, None)), before[:, :-1])

    return _of_values(values)(model, ids, mask, bos, per_token)


@sentence_log_likelihood.mistake(
    "Over which axis do the probabilities of a place add up to 1: the tokens or the places?"
)
def softmax_over_time(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    def values(*a: Any) -> Tensor:
        return scores_of(*a).log_softmax(1).gather(-1, ids[..., None])[..., 0]

    return _of_values(values)(model, ids, mask, bos, per_token)


@sentence_log_likelihood.mistake("Over which axis do the probabilities of a place add up to 1? Where does yours begin?")
def softmax_over_time_start_included(
    model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    def values(*a: Any) -> Tensor:
        every = scores_of(*a, places=slice(None)).log_softmax(1)[:, :-1]
        return every.gather(-1, ids[..., None])[..., 0]

    return _of_values(values)(model, ids, mask, bos, per_token)


@sentence_log_likelihood.mistake("A model gives scores. Which function makes log-probabilities of them?")
def scores_not_normalised(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return _of_values(lambda *a: scores_of(*a).gather(-1, ids[..., None])[..., 0])(model, ids, mask, bos, per_token)


@sentence_log_likelihood.mistake("Probabilities of successive tokens are multiplied. What is added up?")
def probabilities_summed(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return _of_values(lambda *a: token_log_probs(*a).exp())(model, ids, mask, bos, per_token)


@sentence_log_likelihood.mistake("The logarithm of a sum of probabilities, or the sum of logarithms?")
def logarithm_of_the_summed_probabilities(
    model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    return probabilities_summed(model, ids, mask, bos, per_token).log()


@sentence_log_likelihood.mistake("You give the probability of the sentence. What is its logarithm?")
def no_logarithm(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return sentence_log_likelihood(model, ids, mask, bos, per_token).exp()  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("Can a log-probability be positive? Which sign has a loss?")
def a_loss(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return -sentence_log_likelihood(model, ids, mask, bos, per_token)


@sentence_log_likelihood.mistake("Which base has the logarithm of the text: 2, 10 or e?")
def base_two(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return sentence_log_likelihood(model, ids, mask, bos, per_token) / math.log(2)  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("Which places of a short row hold no token? Are they in your sum?")
def padding_counted(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    values = token_log_probs(model, ids, mask, bos)
    return values.mean(dim=1) if per_token else values.sum(dim=1)


@sentence_log_likelihood.mistake("The padding is not in your sum. Is it in the number by which you divide?")
def divided_by_the_padded_length(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    values = sentence_log_likelihood(model, ids, mask, bos)
    return values / ids.shape[1] if per_token else values  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("The padding is not among the tokens by which you divide. Is it in your sum?")
def padding_in_the_sum_alone(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    values = token_log_probs(model, ids, mask, bos).sum(dim=1)
    return values / mask.sum(dim=1) if per_token else values


@sentence_log_likelihood.mistake("A real token may have the number 0. What tells the padding from it?")
def padding_known_by_the_number_0(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return _reduced(token_log_probs(model, ids, mask, bos), (ids != 0).long(), per_token)


@sentence_log_likelihood.mistake("The start token may also stand inside a sentence. What tells the padding?")
def padding_known_by_the_start_token(
    model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    return _reduced(token_log_probs(model, ids, mask, bos), (ids != bos).long(), per_token)


def _counted_where(real: Callable[[Tensor, int], Tensor]) -> Callable[..., Tensor]:
    """An answer whose sum has other tokens than the mask says; it divides by the right number."""

    def answer(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
        total = (token_log_probs(model, ids, mask, bos) * real(ids, bos)).sum(dim=1)
        return total / mask.sum(dim=1) if per_token else total

    return answer


sentence_log_likelihood.mistake(
    "A real token may have the number 0. What tells the padding in your sum from it?",
    name="padding in the sum known by the number 0",
)(_counted_where(lambda ids, bos: ids != 0))
sentence_log_likelihood.mistake(
    "The start token may also stand inside a sentence. What tells the padding in your sum?",
    name="padding in the sum known by the start token",
)(_counted_where(lambda ids, bos: ids != bos))


@sentence_log_likelihood.mistake("A model does not look where its mask is 0. What does your mask say of the start?")
def start_masked_out(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    import torch
    import torch.nn.functional as F

    model.eval()
    with torch.no_grad():
        scores = model(F.pad(ids, (1, 0), value=bos), attention_mask=F.pad(mask, (1, 0))).logits[:, :-1]
    return _reduced(_gathered(scores, ids), mask, per_token)


@sentence_log_likelihood.mistake("You divide by all tokens. Is the first in your sum? Which token stands before it?")
def first_token_lost_but_counted(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    total = first_token_lost(model, ids, mask, bos)
    return total / mask.sum(dim=1) if per_token else total


@sentence_log_likelihood.mistake("The numbers are right. What does the docstring say is returned?")
def list_of_numbers(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Any:
    return sentence_log_likelihood(model, ids, mask, bos, per_token).tolist()


@sentence_log_likelihood.mistake("Is the start token one of the tokens whose probability you compute?")
def start_counted_as_a_token(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    total = sentence_log_likelihood(model, ids, mask, bos)
    return total / (mask.sum(dim=1) + 1) if per_token else total  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("Between n tokens there are n - 1 steps. How many probabilities did you add up?")
def divided_by_one_less(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    total = sentence_log_likelihood(model, ids, mask, bos)
    return total / (mask.sum(dim=1) - 1) if per_token else total  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("When is the sum asked for, and when the mean?")
def sum_and_mean_exchanged(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return sentence_log_likelihood(model, ids, mask, bos, not per_token)  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("Without per_token, is the result a sum? You always divide.")
def always_per_token(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = True) -> Tensor:
    return sentence_log_likelihood(model, ids, mask, bos, True)  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("What does the function give when per_token is left out: a sum or a mean?")
def per_token_by_default(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = True) -> Tensor:
    return sentence_log_likelihood(model, ids, mask, bos, per_token)  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("How many starts does each sentence have in your input?")
def start_twice(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    import torch

    one = torch.ones_like(ids[:, :1])
    more, seen = torch.cat([one * bos, ids], dim=1), torch.cat([one, mask], dim=1)
    return _reduced(token_log_probs(model, more, seen, bos)[:, 1:], mask, per_token)


@sentence_log_likelihood.mistake(
    "A second start has a probability, too, and it is in your sum. Where does it come from?"
)
def start_twice_and_counted(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    import torch

    one = torch.ones_like(ids[:, :1])
    more, seen = torch.cat([one * bos, ids], dim=1), torch.cat([one, mask], dim=1)
    return sentence_log_likelihood(model, more, seen, bos, per_token)  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("Is the start the token `bos`, whichever it is, or the number 0?")
def start_is_always_0(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return sentence_log_likelihood(model, ids, mask, 0, per_token)  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("How many tokens does a sentence have, and how many of them do you look at?")
def last_token_alone(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    values = token_log_probs(model, ids, mask, bos)
    return values.gather(1, mask.sum(dim=1, keepdim=True) - 1)[:, 0]


@sentence_log_likelihood.mistake("How many sentences does the batch have, and how many numbers do you return?")
def one_number_for_the_batch(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    values = token_log_probs(model, ids, mask, bos) * mask
    return values.sum() / mask.sum() if per_token else values.sum()


@sentence_log_likelihood.mistake("Each sentence is divided by its own number of tokens. By which do you divide?")
def divided_by_all_tokens_of_the_batch(
    model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False
) -> Tensor:
    total = sentence_log_likelihood(model, ids, mask, bos)
    return total / mask.sum() if per_token else total  # type: ignore[no-any-return]


@sentence_log_likelihood.mistake("Perplexity is exp of minus the mean. Was it asked for?")
def perplexity(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    return (-sentence_log_likelihood(model, ids, mask, bos, True)).exp()


@sentence_log_likelihood.mistake("In which mode does your model answer? What does dropout do in that mode?")
def training_mode_left_on(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    import torch
    import torch.nn.functional as F

    with torch.no_grad():
        scores = model(F.pad(ids, (1, 0), value=bos)).logits[:, :-1]
    return _reduced(_gathered(scores, ids), mask, per_token)


@sentence_log_likelihood.mistake("Who needs the graph here? Which context switches its recording off?")
def gradients_recorded(model: Any, ids: Tensor, mask: Tensor, bos: int, per_token: bool = False) -> Tensor:
    import torch.nn.functional as F

    model.eval()
    return _reduced(_gathered(model(F.pad(ids, (1, 0), value=bos)).logits[:, :-1], ids), mask, per_token)
