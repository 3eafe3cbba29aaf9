"""The other text of a pair: the same sentence about a person of the other gender (counterfactual swap, English).

All words are replaced in one pass, so that no word is swapped twice, and capitals stay as they were. `her`, `his` and
`him` change by their role: "I saw her" has "him", "her book" has "his book". The role is read from the next word,
without a parser: of the 10,030 uses of her and his in the Brown corpus, 97 % are read as they are tagged there. Names
stay as they are, and so does everybody in the sentence whose words are not in the list: read what comes out before
you measure with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tplib.bias.swap_words import (
    AFTER_HER_THE_OBJECT,
    AFTER_HIS_ALONE,
    BARE_INFINITIVES,
    ONE_WAY,
    PAIRS,
    TAKES_AN_INFINITIVE,
)
from tplib.errors import TplibError

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_GAP = re.compile(r"\s*(?:[\"“‘'(]|``)?\s*")  # within a phrase: spaces, perhaps an opening mark


def counterfactual_swap(text: str, *, pairs: Iterable[tuple[str, str]] = (), keep: Iterable[str] = ()) -> str:
    """The text with each gendered word replaced by its partner, in one pass.

    pairs: more words, in lower case, each with its partner (names, say: [("john", "mary")]), taken in both directions
    keep: words, in lower case, that stay as they are, such as "king" in a text about chess

    Swapping twice gives the text back where each word has one partner; "Mrs" comes back as "Ms".
    Source: Zhao et al. (2018), "gender swapping"; Lu et al. (2020), counterfactual data augmentation.
    """
    if not isinstance(text, str):
        raise TplibError(f"text must be one text, but is {type(text).__name__}: call it for each text.")
    partner = _partners([*PAIRS, *pairs])
    kept = {word.casefold() for word in keep}
    words = list(_WORD.finditer(text))
    parts, end = [], 0
    for i, word in enumerate(words):
        old = word.group().casefold()
        new = None if old in kept else _pronoun(old, text, words, i) or partner.get(old)
        if new is not None:
            parts += [text[end : word.start()], _like(word.group(), new)]
            end = word.end()
    return "".join(parts) + text[end:]


def _partners(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    partner = dict(ONE_WAY)
    for one, other in pairs:
        partner[one.casefold()], partner[other.casefold()] = other, one
    return partner


def _pronoun(old: str, text: str, words: list[re.Match[str]], i: int) -> str | None:
    """The partner of a pronoun whose form depends on its role; None for any other word."""
    if old == "him":
        return "her"
    if old == "hers":
        return "his"
    if old == "his":
        return "her" if _owns(text, words, i) else "hers"
    if old == "her":
        return "his" if _owns(text, words, i) else "him"
    return None


def _owns(text: str, words: list[re.Match[str]], i: int) -> bool:
    """Whether word i, her or his, stands before what is owned: in its phrase, a word that may begin a noun follows."""
    if i + 1 == len(words):
        return False
    following = words[i + 1].group().casefold()
    if not _GAP.fullmatch(text[words[i].end() : words[i + 1].start()]):
        return False  # a comma, a full stop, a bracket
    if words[i].group().casefold() == "his":
        return following not in AFTER_HIS_ALONE
    if i and words[i - 1].group().casefold() in TAKES_AN_INFINITIVE and following in BARE_INFINITIVES:
        return False
    return following not in AFTER_HER_THE_OBJECT


def _like(old: str, new: str) -> str:
    """The new word with the capitals of the old one: HE, She, he."""
    if old.isupper() and (len(old) > 1 or new.isupper()):
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
