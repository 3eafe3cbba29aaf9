"""The notebook that these exercises belong to."""

from functools import partial

from tplib.graders.exercise import Exercise

exercise = partial(Exercise, assignment="TP5-HFData", notebook="1_datasets")
