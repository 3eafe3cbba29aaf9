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
    her: Callable[[str, int], str], like: Callable[[str, str], str] = _like, **pronouns: str
) -> Callable[[str, Pairs], str]:
    """A swap that decides about `her` by the text and the place where the word ends."""

    def answer(text: str, pairs: Pairs) -> str:
        table = {**pairs, **PRONOUNS, **pronouns}

        def other(match: re.Match[str]) -> str:
            old = match.group()
            low = old.lower()
            new = her(text, match.end()) if low == "her" else table.get(low)
            return like(old, new) if new else old

        return re.sub(r"[^\W\d_]+", other, text)

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
        Drawn(_chain),
        Drawn(_other_list),
        Case(("It's what he's told: she'd come with the man's mother", PAIRS)),
        Case(("", PAIRS)),
        Case(("  No person\there,\n\n only 3 cats. ", PAIRS)),
    ),
    aspects={"capitals": "A word in capitals stays in capitals: SHE for HE."},
    forbidden=("tplib.bias.counterfactual_swap",),
)
def counterfactual_swap(text: str, pairs: Pairs) -> str:
    """each word -> its partner in `pairs`; him -> her, his -> her, hers -> his; her -> his before a space and a letter,
    else him.

    shapes: one text in, one text out: every other character stays; `pairs` maps each lower-case word to its partner.
    worked: "Her aunt saw her." has "Her" before a word and "her" before a mark: "His uncle saw him."
    """
    return swap_with(role)(text, pairs)


@counterfactual_swap.mistake("'I saw her' and 'her book': are both `her` the same word in the masculine?")
def her_is_always_him(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "him")(text, pairs)


@counterfactual_swap.mistake("'her book' becomes 'his book'. What does 'I saw her.' become?")
def her_is_always_his(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his")(text, pairs)


@counterfactual_swap.mistake("Whose book is it in 'his book', once the owner is a woman? 'hers book'?")
def his_is_hers(text: str, pairs: Pairs) -> str:
    return swap_with(role, his="hers")(text, pairs)


@counterfactual_swap.mistake("Which two of him, his and hers does your table forget?")
def pronouns_left(text: str, pairs: Pairs) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: _like(m.group(), pairs.get(m.group().lower(), m.group())), text)


@counterfactual_swap.mistake("There is a `he` in 'the', and a `man` in 'human'. What is a whole word?")
def inside_of_words(text: str, pairs: Pairs) -> str:
    table = {**pairs, **PRONOUNS, "her": "his"}
    return re.sub("|".join(sorted(table, key=len, reverse=True)), lambda m: table[m.group()], text)


@counterfactual_swap.mistake("You replace man by woman, and then woman by man. Can all words change in one pass?")
def one_pair_after_the_other(text: str, pairs: Pairs) -> str:
    for old, new in {**pairs, **PRONOUNS, "her": "his"}.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


@counterfactual_swap.mistake("What does your table say of 'He' at the beginning of a sentence?")
def capitals_not_found(text: str, pairs: Pairs) -> str:
    table = {**pairs, **PRONOUNS}

    def other(match: re.Match[str]) -> str:
        old = match.group()
        return role(text, match.end()) if old == "her" else table.get(old, old)

    return re.sub(r"[^\W\d_]+", other, text)


@counterfactual_swap.mistake("A sentence begins with a capital. Does yours still?")
def capitals_lost(text: str, pairs: Pairs) -> str:
    return swap_with(role, lambda old, new: new)(text, pairs)


@counterfactual_swap.mistake("Your text is in lower case throughout. Which words were to change?")
def lower_case_throughout(text: str, pairs: Pairs) -> str:
    return swap_with(role, lambda old, new: new)(text.lower(), pairs)


@counterfactual_swap.mistake("'HE' and 'He' have different capitals. What do you make of each?")
def all_capitals_forgotten(text: str, pairs: Pairs) -> str:
    return swap_with(role, lambda old, new: new.capitalize() if old[0].isupper() else new)(text, pairs)


@counterfactual_swap.mistake("A word at the end of a sentence has a full stop after it. Is 'him.' in your table?")
def split_at_spaces(text: str, pairs: Pairs) -> str:
    table = {**pairs, **PRONOUNS, "her": "his"}
    return " ".join(_like(word, table[word.lower()]) if word.lower() in table else word for word in text.split(" "))


@counterfactual_swap.mistake("How many spaces stood between the words, and were there line breaks?")
def white_space_lost(text: str, pairs: Pairs) -> str:
    return " ".join(swap_with(role)(text, pairs).split())


@counterfactual_swap.mistake("He has become she. Has she become he?")
def one_direction(text: str, pairs: Pairs) -> str:
    seen: set[str] = set()
    one_way = {a: b for a, b in pairs.items() if b not in seen and not seen.add(a)}  # type: ignore[func-returns-value]
    return swap_with(lambda text, end: "her", hers="hers")(text, one_way)


@counterfactual_swap.mistake("'I saw her.' and 'her book': which of them becomes his, and which him?")
def his_and_him_exchanged(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "him" if role(text, end) == "his" else "his")(text, pairs)


@counterfactual_swap.mistake("'I saw her. He left.': does a letter follow `her` after one space, or somewhere later?")
def any_letter_later(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his" if re.search(r"[^\W\d_]", text[end:]) else "him")(text, pairs)


@counterfactual_swap.mistake("Is an apostrophe a letter? With which word does 'he's' begin?")
def apostrophe_taken_for_a_letter(text: str, pairs: Pairs) -> str:
    table = {**pairs, **PRONOUNS}

    def other(match: re.Match[str]) -> str:
        old = match.group()
        new = role(text, match.end()) if old.lower() == "her" else table.get(old.lower())
        return _like(old, new) if new else old

    return re.sub(r"[a-zA-Z']+", other, text)


@counterfactual_swap.mistake("A pair after the other, capitals too: which words change twice?")
def one_pair_after_the_other_with_capitals(text: str, pairs: Pairs) -> str:
    for old, new in {**pairs, **PRONOUNS}.items():
        for how in (str.lower, str.capitalize, str.upper):
            text = re.sub(rf"\b{how(old)}\b", how(new), text)
    return text


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

    marked = re.sub(r"\bher(?= [a-z])", lambda m: keep(m.group(), "_is"), text, flags=re.IGNORECASE)
    swapped = re.sub(r"\b[a-z]+\b", other, marked, flags=re.IGNORECASE)
    return swapped.replace("_IS", "HIS").replace("_Is", "His").replace("_is", "his")
