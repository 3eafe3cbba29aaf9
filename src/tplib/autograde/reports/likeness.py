"""Students whose answers are alike: the same rare mistakes first, then the same code. A human decides what it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from tplib.autograde.reports.overlap import Overlap

RARE = 0.05  # share of the class: a mistake that more make says nothing of a pair
LEAST_RARE = 3  # students: in a small class so many may share a rare mistake
CHANCE = 1.0  # pairs of the whole class: where chance gives as many, none is named


@dataclass(frozen=True)
class SharedMistake:
    """A wrong answer that several students give: by its misconception's name, or by its behaviour."""

    notebook: str
    exercise: str
    name: str
    students: tuple[str, ...]


@dataclass
class LikeGroup:
    """Students to look at together. mistakes: rare ones that at least two of them share."""

    students: list[str]
    mistakes: list[SharedMistake] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)

    def add(self, other: LikeGroup) -> None:
        """Take another group in."""
        self.students = sorted({*self.students, *other.students})
        self.mistakes += [mistake for mistake in other.mistakes if mistake not in self.mistakes]
        self.overlaps += other.overlaps

    @property
    def shares(self) -> list[tuple[str, int, int]]:
        """By notebook, the least and the greatest share of the same code between two of them, in percent."""
        found: dict[str, list[int]] = defaultdict(list)
        for overlap in self.overlaps:
            found[overlap.notebook].append(round(100 * overlap.share))
        return [(notebook, min(shares), max(shares)) for notebook, shares in sorted(found.items())]

    @property
    def rank(self) -> tuple[bool, bool, int, float]:
        """Both kinds of sign first, then mistakes, then code."""
        share = max((overlap.share for overlap in self.overlaps), default=0.0)
        both = bool(self.mistakes and self.overlaps)
        return not both, not self.mistakes, -len(self.mistakes), -share


def rare_mistakes(mistakes: Iterable[SharedMistake], class_size: int) -> list[SharedMistake]:
    most = max(LEAST_RARE, int(RARE * class_size))
    return [mistake for mistake in mistakes if 2 <= len(mistake.students) <= most]


def unlikely_pairs(
    mistakes: list[SharedMistake], wrong: dict[str, int], class_size: int
) -> dict[tuple[str, str], list[SharedMistake]]:
    """The pairs that share two or more rare mistakes, and so many that chance gives less than CHANCE pairs of them.

    wrong: how many wrong answers each student gave. Chance: that one of a pair makes a mistake, too, is as likely as
    that anybody else does, times how much more than others that student gets wrong.
    """
    from scipy.stats import poisson

    shared: dict[tuple[str, str], list[SharedMistake]] = defaultdict(list)
    likely: dict[str, float] = defaultdict(float)
    for mistake in mistakes:
        for student in mistake.students:
            likely[student] += (len(mistake.students) - 1) / max(1, class_size - 1)
        for pair in combinations(sorted(mistake.students), 2):
            shared[pair].append(mistake)
    usual = sum(wrong.values()) / class_size or 1.0
    pairs = class_size * (class_size - 1) / 2
    found = {}
    for (one, other), common in shared.items():
        expected = max(
            likely[one] * max(1.0, wrong.get(other, 0) / usual), likely[other] * max(1.0, wrong.get(one, 0) / usual)
        )
        if len(common) >= 2 and pairs * poisson.sf(len(common) - 1, expected) < CHANCE:
            found[one, other] = common
    return found


def groups(pairs: dict[tuple[str, str], list[SharedMistake]], overlaps: list[Overlap]) -> list[LikeGroup]:
    """Who is to be looked at together: in each group, any two show a sign of their own. Strongest signs first.

    No chains: that ada is like bob, and bob like eve, puts ada and eve into one group only where they are alike, too.
    """
    found: dict[tuple[str, str], LikeGroup] = {}
    for pair, mistakes in pairs.items():
        found.setdefault(pair, LikeGroup([*pair])).mistakes += mistakes
    for overlap in overlaps:
        found.setdefault(overlap.students, LikeGroup([*overlap.students])).overlaps.append(overlap)
    joined: list[LikeGroup] = []
    for (one, other), pair_group in sorted(found.items(), key=lambda item: (*item[1].rank, item[0])):
        for group in joined:
            new = {one, other} - set(group.students)
            if len(new) < 2 and all(tuple(sorted((*new, member))) in found for member in group.students if new):
                group.add(pair_group)
                break
        else:
            joined.append(pair_group)
    return joined
