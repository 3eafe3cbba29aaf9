"""The same sentence about a person of the other gender: whole words, one pass, capitals kept, `her` by its role."""

import re
from collections.abc import Callable

from tplib.exercises.tp9.downstream.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Pairs = dict[str, str]
PAIRS: Pairs = {
    one: other
    for pair in (("he", "she"), ("man", "woman"), ("mother", "father"), ("boy", "girl"), ("aunt", "uncle"))
    for one, other in (pair, pair[::-1])
}
PRONOUNS = {"him": "her", "his": "her", "hers": "his"}
PARTS = (
    ("The {a} met her {b}.", "He thanked her.", "We saw him, and {a} saw her."),
    ("This is hers.", "Is it his {a}?", "Her {b} called.", "I told her, then {b}."),
)
INSIDE = "The others gathered there, and the theme of human manners bothered neither mankind nor cheese."


def _sentence(draw: Draw) -> Arguments:
    """Two sentences with nouns of the list, `her` in both roles, and words that hold a listed word inside."""
    nouns = list(PAIRS)[2:]
    parts = [draw.choice(part).format(a=draw.choice(nouns), b=draw.choice(nouns)) for part in PARTS]
    return " ".join(parts if draw.choice((True, False)) else parts[::-1]), dict(PAIRS)


def _inside(draw: Draw) -> Arguments:
    words = INSIDE.split()
    return " ".join(words[: draw.size(6, len(words))]) + f" said the {draw.choice(('man', 'girl'))}.", dict(PAIRS)


def _capitals(draw: Draw) -> Arguments:
    noun = draw.choice(list(PAIRS)[2:])
    return f"{noun.capitalize()}! THE {noun.upper()}, {noun}. HER {noun}. SHE saw HER, and HE saw it.", dict(PAIRS)


def _by_role(draw: Draw) -> Arguments:
    """`her` before a word, before a mark, and at the end."""
    end = draw.choice((".", "!", ")", ";", ""))
    return f"Her {draw.choice(('dog', 'old car'))} saw her, but she likes her{end}", dict(PAIRS)


def _after_her(draw: Draw) -> Arguments:
    """`her` before what is not one space and a letter, in a drawn order, and before a capital, which is a letter."""
    parts = ["called her  dog", "told her\nnews", "sent her\tmail", "gave her 2 books", 'found her "old" car']
    keys = draw.array(len(parts)).tolist()
    ordered = [part for _, part in sorted(zip(keys, parts, strict=True))]
    return f"Tom {', '.join(ordered)}, and met her {draw.choice(('Aunt', 'Uncle'))}.", dict(PAIRS)


def _hyphens(draw: Draw) -> Arguments:
    one, other = draw.choice((("man", "boy"), ("girl", "aunt"), ("uncle", "woman")))
    return f"A {one}-made thing, the ex-{other}: a he-{one} or she-{other}?", dict(PAIRS)


def _digits(draw: Draw) -> Arguments:
    noun = draw.choice(("man", "girl", "aunt"))
    return f"{noun}{draw.size(1, 9)} and he_{noun} met 2she", dict(PAIRS)


def _pronouns(draw: Draw) -> Arguments:
    one, other = draw.choice((("his", "hers"), ("hers", "his")))
    return f"It was {one}, it was {other}, and they saw him. {other.capitalize()}? Him!", dict(PAIRS)


def _chain(draw: Draw) -> Arguments:
    one, other = draw.choice((("man", "woman"), ("mother", "father"), ("boy", "girl"), ("aunt", "uncle")))
    return f"the {one} and the {other}, the {other} and the {one}: he, she, she, he", dict(PAIRS)


def _other_list(draw: Draw) -> Arguments:
    """A list of the moment: what it does not name stays, and a name can be in it."""
    given = draw.choice(({"king": "queen", "queen": "king"}, {"anna": "tom", "tom": "anna"}))
    return "The king and Anna met the queen and Tom; the mother saw her and his aunt.", dict(given)


def _like(old: str, new: str) -> str:
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new.capitalize() if old[0].isupper() else new


def swap_with(
    her: Callable[[str, int], str],
    like: Callable[[str, str], str] = _like,
    word: str = r"[^\W\d_]+",
    **pronouns: str,
) -> Callable[[str, Pairs], str]:
    """A swap that decides about `her` by the text and the place where the word ends."""

    def answer(text: str, pairs: Pairs) -> str:
        table = {**pairs, **PRONOUNS, **pronouns}

        def other(match: re.Match[str]) -> str:
            old = match.group()
            low = old.lower()
            new = her(text, match.end()) if low == "her" else table.get(low)
            return like(old, new) if new else old

        return re.sub(word, other, text)

    return answer


def role(text: str, end: int) -> str:
    return "his" if re.match(r" [^\W\d_]", text[end:]) else "him"


@exercise(
    points=3,
    lecture="001, schedule: TP9-Biais",
    concepts=(51,),
    draw=_sentence,
    edges=(
        Drawn(_inside),
        Drawn(_capitals, "capitals"),
        Drawn(_by_role),
        Drawn(_after_her),
        Drawn(_hyphens),
        Drawn(_digits, "letters"),
        Drawn(_pronouns),
        Drawn(_chain),
        Drawn(_other_list),
        Case(("It's what he's told: she'd come with the man's mother", PAIRS)),
        Case(("", PAIRS)),
        Case(("  No person\there,\n\n only 3 cats. ", PAIRS)),
    ),
    aspects={
        "capitals": "A word in capitals stays in capitals: SHE for HE.",
        "letters": "A word is a run of letters: 'he2' begins with the word 'he', and 'he_man' holds two words.",
    },
    forbidden=("tplib.bias.counterfactual_swap",),
)
def counterfactual_swap(text: str, pairs: Pairs) -> str:
    """each word -> its partner in `pairs`; him -> her, his -> her, hers -> his; her -> his before a space and a letter,
    else him.

    shapes: one text in, one text out: every other character stays; `pairs` maps each lower-case word to its partner.
    worked: "Her aunt saw her." has "Her" before a word and "her" before a mark: "His uncle saw him."
    """
    return swap_with(role)(text, pairs)


@counterfactual_swap.alternative
def by_tokens(text: str, pairs: Pairs) -> str:
    tokens = re.findall(r"[a-zA-Z]+|[^a-zA-Z]+", text)
    out = []
    for i, token in enumerate(tokens):
        low = token.lower()
        if low == "her":
            after = tokens[i + 1] if i + 1 < len(tokens) else ""
            new = "his" if after == " " and i + 2 < len(tokens) else "him"
        else:
            new = {"him": "her", "his": "her", "hers": "his"}.get(low) or pairs.get(low, "")
        if not new:
            out.append(token)
        elif token == token.upper() and len(token) > 1:
            out.append(new.upper())
        elif token[0] == token[0].upper():
            out.append(new[0].upper() + new[1:])
        else:
            out.append(new)
    return "".join(out)


@counterfactual_swap.alternative
def by_two_expressions(text: str, pairs: Pairs) -> str:
    table = dict(pairs)
    table.update(him="her", his="her", hers="his", her="him")

    def keep(old: str, new: str) -> str:
        return new.upper() if old.isupper() else new.title() if old.istitle() else new

    def other(match: re.Match[str]) -> str:
        old = match.group()
        return keep(old, table[old.lower()]) if old.lower() in table else old

    marked = re.sub(r"(?<![a-z])her(?= [a-z])", lambda m: keep(m.group(), "\0is"), text, flags=re.IGNORECASE)
    swapped = re.sub(r"[a-z]+", other, marked, flags=re.IGNORECASE)
    return swapped.replace("\0IS", "HIS").replace("\0Is", "His").replace("\0is", "his")
