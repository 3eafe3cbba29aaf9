"""What a check saw of an answer, told in words: a student who returned an array or a model made no dictionary of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

Shape = tuple[int, ...]
OTHER_FORM = "has not the form that the text asks for"
MOST = 4  # of many things, so many are told one by one
LONG = 80  # letters of a row of words that is told whole
PLACES = ("weight", "bias")  # a parameter's last name, which says nothing of its layer


class Facts(dict[str, Any]):
    """An expected dictionary that an exercise's observer or measure made: what was looked at, and what was seen."""


def fact(name: str, expected: Any, obtained: Any, kind: Callable[[Any], str]) -> str | None:
    """A sentence for something that was seen in words, or should have been, and is not as it should be; else None.

    kind: what a value is, in words.
    """
    if expected_in_words := is_told(expected):
        if is_told(obtained) and (expected == obtained or isinstance(expected, list) != isinstance(obtained, list)):
            return None
    elif not isinstance(obtained, str):
        return None
    if expected_in_words and len(in_words(expected)) > LONG and isinstance(obtained, list) and is_told(obtained):
        return f"The check looked at this: {name}. {_of_long_rows(expected, obtained)}"
    should, yours = (in_words(value) if is_told(value) else kind(value) for value in (expected, obtained))
    return f"The check looked at this: {name}. It should be: {should}. In yours it is: {yours}."


def is_told(value: Any) -> bool:
    """Whether it was seen in words: in one, in a row of some, or as true or false."""
    if isinstance(value, list):
        return all(isinstance(word, str | bool) for word in value)
    return isinstance(value, str | bool)


def in_words(value: Any) -> str:
    """A fact as a sentence has it."""
    if isinstance(value, list):
        return ", ".join(map(in_words, value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _of_long_rows(expected: list[Any], obtained: list[Any]) -> str:
    lacks, surplus = (
        list((Counter(a) - Counter(b)).elements()) for a, b in ((expected, obtained), (obtained, expected))
    )
    told = [f"{verb} {_few(some)}" for verb, some in (("lacks", lacks), ("has too much", surplus)) if some]
    return f"Yours {' and '.join(told)}." if told else "Yours has another order."


def _few(names: list[Any]) -> str:
    more = f", and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(map(in_words, names[:MOST])) + more


def are_parameters(name: str, value: Any) -> bool:
    """Whether it is what `modules.shapes` gives: the shape of each parameter by its name in the model."""
    return name == "parameters" and isinstance(value, dict) and all(isinstance(v, tuple) for v in value.values())


def parameters(expected: dict[str, Shape], obtained: dict[str, Shape]) -> str | None:
    """Which parameters a model lacks, and which of its own are not asked for; their names and order are free."""
    if Counter(expected.values()) == Counter(obtained.values()):
        return None
    lacks, surplus = _rest(expected, obtained), _rest(obtained, expected)
    if len(lacks) == len(surplus) == 1:
        [name], [should], [yours] = surplus, lacks.values(), surplus.values()
        return f"The parameter `{name}` of your model should have shape {should}, yours has {yours}."
    if len(pairs := _paired(lacks, surplus)) == len(lacks) == len(surplus):
        each = [f"`{name}` has {yours} in place of {should}" for name, yours, should in pairs]
        return f"Parameters of your model have other shapes: {_few(each)}."
    told = [f"lacks {_listed(lacks, _ours)}"] * bool(lacks)
    told += [f"has {_listed(surplus, lambda name: f'`{name}`')} too much"] * bool(surplus)
    return f"Your model {' and '.join(told)}."


def _rest(some: dict[str, Shape], others: dict[str, Shape]) -> dict[str, Shape]:
    """The parameters of `some` whose shapes `others` do not have; of several of a shape, the last ones."""
    left = Counter(others.values())
    rest = {}
    for name, shape in some.items():
        left[shape] -= 1
        if left[shape] < 0:
            rest[name] = shape
    return rest


def _paired(lacks: dict[str, Shape], surplus: dict[str, Shape]) -> list[tuple[str, Shape, Shape]]:
    """Parameters with as many axes as one that is missing, in the order of both models; matrices come first."""
    ours = sorted(lacks.values(), key=len, reverse=True)
    theirs = sorted(surplus.items(), key=lambda item: len(item[1]), reverse=True)
    pairs = zip(theirs, ours, strict=False)
    return [(name, yours, should) for (name, yours), should in pairs if len(yours) == len(should)]


def _listed(shapes: dict[str, Shape], called: Callable[[str], str]) -> str:
    each = [f"{shape} {called(name)}".rstrip() for name, shape in shapes.items()]
    return f"{'a parameter' if len(shapes) == 1 else 'parameters'} of shape {_few(each)}"


def _ours(name: str) -> str:
    """The name of a parameter in our model, where it tells of its layer."""
    telling = [part for part in name.split(".") if not part.isdigit() and part not in PLACES]
    return f"(in ours: `{name}`)" if telling else ""


def not_found(what: str, expected: dict[str, Any], obtained: dict[str, Any]) -> str:
    """A sentence where the check did not get so far as to see everything."""
    instead = [f"{name}: {in_words(seen)}" for name, seen in obtained.items() if name not in expected and is_told(seen)]
    if not expected.keys() & obtained.keys():
        return f"{what} {'; '.join([OTHER_FORM, *instead])}."
    missing = [name for name in expected if name not in obtained]
    told = f"The check did not find in yours: {', '.join(missing)}." if missing else ""
    return f"{told} It found instead: {', '.join(instead)}.".strip() if instead else told
