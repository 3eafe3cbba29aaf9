"""Exercises of TP6-TrainFFNN/6_pytorch.

This module imports torch at the top, so that answers are plain functions and top-level classes (their source text is also
what the demo's class hands in: keep references, misconceptions and alternatives top-level `def`s and `class`es, no lambdas
or factories). It is loaded only when one of its exercises is asked for.
"""

import torch  # noqa: F401

from tplib.graders.exercise import Exercise

EXERCISES: tuple[Exercise, ...] = ()
