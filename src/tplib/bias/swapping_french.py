"""The counterfactual of a French text: the noun of a person changes, and what agrees with it changes with it.

English swaps words; French swaps phrases. Article, adjectives, participle and pronoun agree with the noun, and the
next letter decides about elision: "le nouvel assistant" has "la nouvelle assistante", "l'infirmière" has
"l'infirmier", "ma tante" has "mon oncle". A possessive follows what is owned and not the owner: "son infirmière" says
nothing of whose nurse she is. Some words show no gender ("l'élève", "lui", "leur"): they stay, and are reported.

Rules and a small lexicon, no parser: only the listed nouns and adjectives change. Common lexicons lack forms such as
"autrice" or "pompière"; the list has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from tplib.bias import french_words as words
from tplib.errors import TplibError

Gender = Literal[0, 1]  # masculine, feminine: the place of a form in its pair

_TOKEN = re.compile(r"(?:\b(?:[cdjlmnst]|qu)['’])|[^\W\d_]+(?:-[^\W\d_]+)*|[\W\d_]+?(?=[^\W\d_]|$)", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouyhàâéèêëîïôûùœæ]", re.IGNORECASE)
_PRONOUNS = {
    form: pair
    for pair in [("il", "elle"), ("ils", "elles"), ("celui", "celle"), ("ceux", "celles"), ("lui-même", "elle-même")]
    for form in pair
}
_NO_CUE = frozenset(("lui", "leur", "leurs", "eux"))


@dataclass(frozen=True)
class FrenchSwap:
    """The swapped `text`, and the words that were `left` because nothing in the text shows their gender."""

    text: str
    left: tuple[str, ...] = ()


@dataclass
class _Sentence:
    tokens: list[str]
    left: list[str] = field(default_factory=list)

    def word(self, i: int) -> str:
        return self.tokens[i].strip().casefold().replace("’", "'")

    def put(self, i: int, new: str) -> None:
        self.tokens[i] = _like(self.tokens[i], new)

    def neighbour(self, i: int, step: int) -> int | None:
        """The next word to the left or right, across spaces only; None at a comma, a full stop or the end."""
        i += step
        while 0 <= i < len(self.tokens) and not self.tokens[i].strip():
            i += step
        return i if 0 <= i < len(self.tokens) and self.tokens[i][:1].isalpha() else None


def counterfactual_swap_french(text: str) -> FrenchSwap:
    """Every person of the other gender: nouns, what agrees with them, and the pronouns il, elle, celui, celle.

    Source: Zmigrod et al. (2019), Counterfactual data augmentation for languages with rich morphology.
    """
    if not isinstance(text, str):
        raise TplibError(f"text must be one text, but is {type(text).__name__}: call it for each text.")
    sentence = _Sentence(_TOKEN.findall(text))
    for i in range(len(sentence.tokens)):
        word = sentence.word(i)
        if word in _PRONOUNS:
            _swap_pronoun(sentence, i)
        elif word in _NOUN_FORMS:
            (pair, gender, plural) = _NOUN_FORMS[word]
            _swap_noun(sentence, i, pair, gender, plural)
        elif word.removesuffix("s") in words.EPICENE:
            _swap_epicene(sentence, i)
        elif word in _NO_CUE:
            sentence.left.append(sentence.tokens[i])
    return FrenchSwap("".join(sentence.tokens), tuple(sentence.left))


def _swap_pronoun(sentence: _Sentence, i: int) -> None:
    forms = _PRONOUNS[sentence.word(i)]
    following = sentence.neighbour(i, 1)
    while following is not None and sentence.word(following) in ("ne", "n'"):
        following = sentence.neighbour(following, 1)
    if sentence.word(i) == "il" and following is not None and sentence.word(following) in words.IMPERSONAL:
        return
    new: Gender = 1 if sentence.word(i) == forms[0] else 0
    sentence.put(i, forms[new])
    _agree_after(sentence, i, new, plural=forms[0].endswith(("s", "x")))


def _swap_noun(sentence: _Sentence, i: int, pair: tuple[str, str], gender: Gender, plural: bool) -> None:
    new: Gender = 0 if gender else 1
    if gender == 1 and pair in words.KIN and not _of_somebody(sentence, i):
        pair = words.KIN[pair]
    if plural and pair[gender] == _plural(pair[gender]):  # fils, héros: the determiner tells
        determiner = sentence.neighbour(i, -1)
        plural = determiner is not None and sentence.word(determiner) in words.PLURAL_DETERMINERS
    sentence.put(i, _plural(pair[new]) if plural else pair[new])
    _agree_before(sentence, i, new, plural)
    _agree_after(sentence, i, new, plural)


def _of_somebody(sentence: _Sentence, i: int) -> bool:
    """Whether a possessive stands before the noun's phrase or "de" after it: sa femme, la fille du roi."""
    after, before = sentence.neighbour(i, 1), sentence.neighbour(i, -1)
    while before is not None and sentence.word(before) in _ADJECTIVE_FORMS:
        before = sentence.neighbour(before, -1)
    return (after is not None and sentence.word(after) in ("de", "d'", "du", "des")) or (
        before is not None and sentence.word(before) in words.POSSESSIVES
    )


def _swap_epicene(sentence: _Sentence, i: int) -> None:
    """A noun of one form: only its determiner shows the gender."""
    before = sentence.neighbour(i, -1)
    while before is not None and sentence.word(before) in _ADJECTIVE_FORMS:
        before = sentence.neighbour(before, -1)
    gender = None if before is None else _gender_of_determiner(sentence.word(before))
    if gender is None:
        sentence.left.append(sentence.tokens[i])
        return
    new: Gender = 0 if gender else 1
    _agree_before(sentence, i, new, plural=False)
    _agree_after(sentence, i, new, plural=False)


def _agree_before(sentence: _Sentence, i: int, new: Gender, plural: bool) -> None:
    """The adjectives before the noun, and the determiner before them; each form by the letter that follows it."""
    following, place = i, sentence.neighbour(i, -1)
    while place is not None and sentence.word(place) in _ADJECTIVE_FORMS:
        form = _inflect(_ADJECTIVE_FORMS[sentence.word(place)], new, plural)
        sentence.put(place, _before(form, sentence.word(following)) if not plural else form)
        following, place = place, sentence.neighbour(place, -1)
    if place is not None:
        _put_determiner(sentence, place, following, new)


def _put_determiner(sentence: _Sentence, place: int, following: int, new: Gender) -> None:
    """Write the determiner at `place` anew, with "de" or "à" before it: du, de la, de l'."""
    word, first = sentence.word(place), place
    before = sentence.neighbour(place, -1)
    if word in ("la", "l'") and before is not None and sentence.word(before) in ("de", "à"):
        first, word = before, f"{sentence.word(before)} {word}"
    pair = _DETERMINERS.get(word)
    if pair is None:
        return
    form = _before(pair[new], sentence.word(following))
    if first == place and form == word:
        return
    gap = "" if form.endswith("'") else "".join(sentence.tokens[place + 1 : following]) or " "
    capitals = sentence.tokens[place] if _shouted(sentence.tokens[place]) else sentence.tokens[first]
    sentence.tokens[first] = _like(capitals, form) + gap
    sentence.tokens[first + 1 : following] = [""] * (following - first - 1)


def _agree_after(sentence: _Sentence, i: int, new: Gender, plural: bool) -> None:
    """Adjectives right after the noun, and those after a form of être, with adverbs and "et" between them."""
    place = sentence.neighbour(i, 1)
    while place is not None:
        word = sentence.word(place)
        if word in _ADJECTIVE_FORMS:
            sentence.put(place, _inflect(_ADJECTIVE_FORMS[word], new, plural))
        elif word not in words.BE and word not in words.ADVERBS and word not in ("ne", "n'", "et", "a", "ont", "été"):
            return
        place = sentence.neighbour(place, 1)


def _gender_of_determiner(word: str) -> Gender | None:
    """Of a determiner that shows it: "le" and "cet" do, "l'" and "les" do not."""
    if word in words.DETERMINERS or word == "cet":
        return 0
    return 1 if word in words.DETERMINERS.values() else None


def _before(form: str, following: str) -> str:
    """The form that a determiner or adjective has before this word."""
    vowel = _VOWEL.match(following) and not following.startswith(words.ASPIRATED)
    return words.BEFORE_A_VOWEL.get(form, form) if vowel else form


def _plural(word: str) -> str:
    return words.PLURALS.get(word, word + "s")


def _inflect(pair: tuple[str, str], gender: Gender, plural: bool) -> str:
    return _plural(pair[gender]) if plural else pair[gender]


def _like(old: str, new: str) -> str:
    if _shouted(old):
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _shouted(word: str) -> bool:
    return word.isupper() and sum(map(str.isalpha, word)) > 1


def _noun_forms() -> dict[str, tuple[tuple[str, str], Gender, bool]]:
    forms: dict[str, tuple[tuple[str, str], Gender, bool]] = {}
    for pair in words.NOUNS.items():
        for gender in (0, 1):
            forms[pair[gender]] = (pair, gender, False)
            forms[_plural(pair[gender])] = (pair, gender, True)
    return forms


def _adjective_forms() -> dict[str, tuple[str, str]]:
    forms = {}
    for pair in words.ADJECTIVES.items():
        for form in pair:
            forms[form] = forms[_plural(form)] = pair
        forms[words.BEFORE_A_VOWEL.get(pair[0], pair[0])] = pair
    return forms


def _determiners() -> dict[str, tuple[str, str]]:
    forms = {form: pair for pair in words.DETERMINERS.items() for form in pair}
    return {**forms, **words.UNELIDED, "cet": ("ce", "cette")}


_NOUN_FORMS, _ADJECTIVE_FORMS, _DETERMINERS = _noun_forms(), _adjective_forms(), _determiners()
