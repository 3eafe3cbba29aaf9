"""Exercises of TP6-TrainFFNN/6_pytorch."""

from tplib.graders.exercise import Exercise

EXERCISES: tuple[Exercise, ...] = ()
