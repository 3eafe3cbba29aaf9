"""Checks that say what is right, on which smallest input an answer is wrong, and which mistake it is."""

from tplib.alt_texts import describe_in_notebook
from tplib.graders.answers import using_answers
from tplib.graders.exercise import Case, Exercise, Misconception
from tplib.graders.judge import grade
from tplib.graders.notebook import check
from tplib.graders.registry import exercises
from tplib.graders.verdict import Counterexample, Verdict
from tplib.threads import limit_in_notebook

__all__ = [
    "Case",
    "Counterexample",
    "Exercise",
    "Misconception",
    "Verdict",
    "check",
    "exercises",
    "grade",
    "using_answers",
]

limit_in_notebook()  # each notebook imports this package first
describe_in_notebook()
