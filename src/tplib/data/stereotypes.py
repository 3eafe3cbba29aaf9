"""What language models are tried on for bias: StereoSet's triples, BBQ's questions, and the gender of French nouns."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Triple(NamedTuple):
    """An item of StereoSet: a `context` with a gap (BLANK), or a sentence before, and three ways to go on.

    kind: "intrasentence" (the gap is filled) or "intersentence" (a sentence follows). domain: "gender", "profession",
    "race" or "religion". term: the word that the item is about.
    """

    kind: str
    domain: str
    term: str
    context: str
    stereotype: str
    antistereotype: str
    unrelated: str


@dataclass(frozen=True)
class StereoSet:
    """The public part of StereoSet: `triples` in file order."""

    triples: list[Triple]

    def select(self, kind: str, domain: str) -> list[Triple]:
        """The items of one kind and domain."""
        return [triple for triple in self.triples if (triple.kind, triple.domain) == (kind, domain)]

    def __len__(self) -> int:
        return len(self.triples)

    def __repr__(self) -> str:
        kinds = Counter(triple.kind for triple in self.triples)
        return f"StereoSet({', '.join(f'{count:,} {kind}' for kind, count in kinds.items())})"


class Question(NamedTuple):
    """A question about two people with three `answers`; `right`, `biased` and `unknown` are numbers of answers.

    ambiguous: the context leaves the answer open, so that the right one is `unknown`. biased: the answer that the
    stereotype asks for; in a question of reversed `polarity` ("nonneg") that is the other person.
    """

    context: str
    question: str
    answers: tuple[str, str, str]
    right: int
    biased: int
    unknown: int
    ambiguous: bool
    polarity: str


@dataclass(frozen=True)
class Questions:
    """BBQ's questions about gender. Left out are those in which not exactly one person is of the stereotyped group."""

    questions: list[Question]
    left_out: int

    def __len__(self) -> int:
        return len(self.questions)

    def __repr__(self) -> str:
        return f"Questions({len(self):,} questions; {self.left_out} left out)"


@dataclass(frozen=True)
class Nouns:
    """French nouns and the gender that a lexicon gives each: `gender["table"]` is "F"."""

    gender: dict[str, str]

    def __contains__(self, word: object) -> bool:
        return word in self.gender

    def __len__(self) -> int:
        return len(self.gender)

    def __repr__(self) -> str:
        count = Counter(self.gender.values())
        return f"Nouns({count['M']:,} masculine, {count['F']:,} feminine)"


def stereoset(folder: Path) -> StereoSet:
    triples = []
    for row in _rows(folder / "test.jsonl"):
        context, told = row["context"], (row["stereotype"], row["anti-stereotype"], row["unrelated"])
        triples.append(Triple(row["type"], row["bias_type"], row["target"], context, *told))
    return StereoSet(triples)


def bbq_gender(folder: Path) -> Questions:
    rows = _rows(folder / "Gender_identity.jsonl")
    questions = [question for row in rows if (question := _question(row)) is not None]
    return Questions(questions, len(rows) - len(questions))


def french_nouns(folder: Path) -> Nouns:
    return Nouns(json.loads((folder / "words.json").read_text(encoding="utf-8")))


def _rows(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


GROUPS = {"F": ("f", "woman", "girl"), "M": ("m", "man", "boy")}  # of the answers, for each stereotyped group


def _question(row: dict) -> Question | None:
    groups = [row["answer_info"][f"ans{i}"][1].casefold() for i in range(3)]
    stereotyped = row["additional_metadata"]["stereotyped_groups"]
    kind = stereotyped[0] if len(stereotyped) == 1 else ""
    hit = [group in GROUPS[kind] if kind in GROUPS else group.startswith("trans") for group in groups]
    people = [i for i, group in enumerate(groups) if group != "unknown"]
    of_group = [i for i in people if hit[i]]
    if len(people) != 2 or len(of_group) != 1:
        return None
    (named,) = of_group
    (other,) = (i for i in people if i != named)
    (unknown,) = (i for i in range(3) if i not in people)
    return Question(
        context=row["context"],
        question=row["question"],
        answers=(row["ans0"], row["ans1"], row["ans2"]),
        right=int(row["label"]),
        biased=named if row["question_polarity"] == "neg" else other,
        unknown=unknown,
        ambiguous=row["context_condition"] == "ambig",
        polarity=row["question_polarity"],
    )
