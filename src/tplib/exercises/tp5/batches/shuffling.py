"""Mini-batches of positions in a new random order: what must hold is observed over some epochs, whatever the order."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any

import numpy as np

from tplib.exercises.tp5.batches import observers
from tplib.exercises.tp5.batches.common import exercise
from tplib.exercises.tp5.batches.observers import EPOCHS
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Rng = np.random.Generator


def _case(draw: Draw) -> Arguments:
    # large enough that no property comes about by chance
    batch_size = draw.size(3, 6)
    return draw.size(13, 29), batch_size, draw.size(0, 1000), draw.choice((False, True))


def _measure(
    observed: list[list[list[int]]], num_examples: int, batch_size: int, seed: int, drop_last: bool = False
) -> dict[str, Any]:
    """What holds of four epochs in a row with one generator, and of one more with the same seed and with another."""
    # Numbers that are no positions are one and the same: they may be chosen so that a set of them takes hours.
    known = [[[i if i in range(num_examples) else -1 for i in batch] for batch in epoch] for epoch in observed]
    epochs, (again, other) = known[:EPOCHS], known[EPOCHS:]
    seen = [[i for batch in epoch for i in batch] for epoch in epochs]
    sizes = {", ".join(str(len(batch)) for batch in epoch) for epoch in epochs}
    dropped = num_examples % batch_size if drop_last else 0
    return {
        "sizes of the batches": sizes.pop() if len(sizes) == 1 else "another number in each epoch",
        "positions are 0 ... num_examples - 1": all(i in range(num_examples) for order in seen for i in order),
        "no example comes twice in a batch": all(len(set(b)) == len(b) for epoch in epochs for b in epoch),
        "no example comes twice in an epoch": all(len(set(order)) == len(order) for order in seen),
        "no example is missing but the dropped ones": all(len(set(o)) == num_examples - dropped for o in seen),
        "the examples are shuffled": any(order != sorted(order) for order in seen),
        "neighbours of the file are parted": 2 * _neighbours(seen, num_examples) < sum(map(len, seen)) or not any(seen),
        "each epoch has another order": len({tuple(order) for order in seen}) == EPOCHS,
        "the first batch holds other examples in each epoch": len({frozenset(e[0]) for e in epochs if e}) > 1,
        "an example meets others in each epoch": len({frozenset(map(frozenset, e)) for e in epochs}) > 1,
        "the same generator gives the same batches": again == epochs[0],
        "another generator gives other batches": other != epochs[0],
    }


def _neighbours(orders: list[list[int]], num_examples: int) -> int:
    """How often position i + 1 follows position i, the first following the last one."""
    pairs = [pair for order in orders for pair in pairwise(order)]
    return sum((b - a) % num_examples == 1 for a, b in pairs)


def _cut(order: Array, batch_size: int, drop_last: bool) -> list[Array]:
    stop = len(order) - len(order) % batch_size if drop_last else len(order)
    return [order[start : start + batch_size] for start in range(0, stop, batch_size)]


@exercise(
    points=3,
    lecture="003, Algorithm 4: a subsample of size m with no replacement; 000, Shuffling: with each epoch",
    concepts=(2,),
    inputs=("num_examples", "batch_size", "seed of rng", "drop_last"),
    draw=_case,
    edges=(
        Case((22, 4, 0, False)),
        Case((22, 4, 1, True)),
        Case((24, 4, 2, False)),
        Case((24, 4, 3, True)),
        Case((40, 1, 4, False)),
        Case((12, 50, 5, False)),
        Case((12, 50, 6, True)),
        Case((22, 4, 7), "defaults"),
    ),
    observe=observers.epochs,
    measure=_measure,
    draws=4,
    forbidden=(
        "torch.utils.data.DataLoader",
        "torch.utils.data.BatchSampler",
        "torch.utils.data.RandomSampler",
        "sklearn.utils.gen_batches",
    ),
)
def minibatches(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    """Shuffle all positions 0 ... N - 1 once, then cut the order into pieces of `batch_size`; drop the last piece if it
    is shorter and `drop_last` is True.

    shapes: Batches of positions: all (batch_size,), the last one perhaps shorter. N positions in all, each once.
    worked: N = 7, batch_size 3: the order may be 4 0 6 2 5 1 3, and the batches [4, 0, 6], [2, 5, 1] and [3]
    """
    return _cut(rng.permutation(num_examples), batch_size, drop_last)


@minibatches.mistake("Your batches follow the file. What if it is sorted by class? Where do you use `rng`?")
def not_shuffled(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return _cut(np.arange(num_examples), batch_size, drop_last)


@minibatches.mistake("Call your function twice: does the second epoch have another order? Which generator decides it?")
def the_same_order_in_each_epoch(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return _cut(np.random.default_rng(0).permutation(num_examples), batch_size, drop_last)


@minibatches.mistake("You work on a copy of the generator. From where does the next epoch go on?")
def generator_copied(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return minibatches(num_examples, batch_size, deepcopy(rng), drop_last)


@minibatches.mistake("Only the start is random: neighbours in the file stay together. Which method of `rng` shuffles?")
def only_the_start_is_random(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return _cut(np.roll(np.arange(num_examples), rng.integers(num_examples)), batch_size, drop_last)


@minibatches.mistake("Could anybody repeat your experiment? You were given a generator: use it.")
def generator_of_its_own(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return _cut(np.random.default_rng().permutation(num_examples), batch_size, drop_last)


@minibatches.mistake(
    "Some examples come twice in your epoch and others not at all. "
    "Which method of `rng` shuffles, instead of drawing each position anew?"
)
def with_replacement(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return _cut(rng.integers(0, num_examples, num_examples), batch_size, drop_last)


@minibatches.mistake("Inside a batch nothing comes twice, but what keeps an example out of two batches of one epoch?")
def each_batch_drawn_afresh(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    cuts = _cut(np.arange(num_examples), batch_size, drop_last)
    return [rng.choice(num_examples, size=len(cut), replace=False) for cut in cuts]


@minibatches.mistake("How many examples does your epoch have, if `drop_last` is False? Where are the last ones?")
def last_short_batch_lost(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return minibatches(num_examples, batch_size, rng, drop_last=True)


@minibatches.mistake(
    "With which value of `drop_last` does a short batch stay, and with which does it go?",
    name="drop_last the wrong way round",
)
def drop_last_the_wrong_way_round(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return minibatches(num_examples, batch_size, rng, not drop_last)


@minibatches.mistake("With 24 examples and batches of 4, what is left for a seventh batch?")
def empty_batch_at_the_end(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    batches = minibatches(num_examples, batch_size, rng, drop_last)
    return batches if drop_last or num_examples % batch_size else [*batches, np.arange(0)]


@minibatches.mistake("The short batch comes last. From which end do you cut?")
def short_batch_first(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    order, rest = rng.permutation(num_examples), num_examples % batch_size
    return [order[:rest]] * (rest > 0 and not drop_last) + _cut(order[rest:], batch_size, True)


@minibatches.mistake("How many examples has your largest batch? A short last batch stays on its own.")
def short_batch_joined_to_the_one_before(
    num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False
) -> list[Array]:
    batches = minibatches(num_examples, batch_size, rng)
    if len(batches) > 1 and len(batches[-1]) < batch_size:
        rest = batches.pop()
        batches[-1] = batches[-1] if drop_last else np.concatenate([batches[-1], rest])
    return batches


@minibatches.mistake("Is position N - 1 in any of your batches? How many positions does `permutation(N - 1)` shuffle?")
def last_position_never_drawn(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return minibatches(num_examples - 1, batch_size, rng, drop_last)


@minibatches.mistake("The last example of a batch is the first one of the next. Where does a slice end?")
def batches_overlap(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    order = rng.permutation(num_examples)
    batches = [order[i : i + batch_size + 1] for i in range(0, num_examples, batch_size)]
    return [batch for batch in batches if len(batch) >= batch_size or not drop_last]


@minibatches.mistake("With `drop_last=True` all batches have the same size. Have yours?", name="drop_last ignored")
def drop_last_ignored(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return minibatches(num_examples, batch_size, rng)


@minibatches.mistake("With 24 examples and batches of 4, is there a short batch? What does `drop_last` drop then?")
def full_batch_dropped(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    batches = minibatches(num_examples, batch_size, rng)
    return batches[:-1] if drop_last else batches


@minibatches.mistake("Your last batch is full because some examples come a second time. May it be shorter?")
def last_batch_filled_up(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    order = rng.permutation(num_examples)
    missing = -num_examples % batch_size if not drop_last else 0
    return _cut(np.concatenate([order, np.resize(order, missing)]), batch_size, drop_last)


@minibatches.mistake("Neighbours in the file stay together in all your epochs. What must you shuffle before you cut?")
def only_whole_batches_shuffled(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    batches = _cut(np.arange(num_examples), batch_size, drop_last)
    return [batches[i] for i in rng.permutation(len(batches))]


@minibatches.mistake(
    "Does your first batch ever hold the last example of the file? What must you shuffle before you cut?"
)
def only_inside_batches_shuffled(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return [rng.permutation(batch) for batch in _cut(np.arange(num_examples), batch_size, drop_last)]


@minibatches.mistake("Is `batch_size` how many batches there are, or how many examples are in one?")
def number_of_batches_for_their_size(
    num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False
) -> list[Array]:
    return _cut(rng.permutation(num_examples), max(num_examples // batch_size, 1), drop_last)


@minibatches.mistake(
    "All batches but the last have exactly `batch_size` examples. How does `array_split` share them out?"
)
def batches_of_even_size(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    batches = np.array_split(rng.permutation(num_examples), -(-num_examples // batch_size))
    return [batch for batch in batches if len(batch) == batch_size or not drop_last]


@minibatches.mistake("You return one long order. Where does a batch end?")
def order_not_cut(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> Array:
    return rng.permutation(num_examples)


@minibatches.mistake("Which position does the first example of an array have?")
def counted_from_1(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    return [batch + 1 for batch in minibatches(num_examples, batch_size, rng, drop_last)]


@minibatches.alternative
def batches_one_by_one(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in rng.permutation(num_examples).tolist():
        batch.append(i)
        if len(batch) == batch_size:
            yield batch
            batch = []
    if batch and not drop_last:
        yield batch


@minibatches.alternative
def batches_by_split(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[Array]:
    order = np.argsort(rng.random(num_examples))
    batches = np.split(order, range(batch_size, num_examples, batch_size))
    if drop_last and len(batches[-1]) < batch_size:
        batches.pop()
    return batches


@minibatches.alternative
def batches_by_shuffle(num_examples: int, batch_size: int, rng: Rng, drop_last: bool = False) -> list[list[int]]:
    order = list(range(num_examples))
    rng.shuffle(order)
    batches = []
    while len(order) >= batch_size or (order and not drop_last):
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches
