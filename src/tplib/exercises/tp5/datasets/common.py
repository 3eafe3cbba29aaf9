"""The notebook that these exercises belong to."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP5-HFData", "1_datasets")
