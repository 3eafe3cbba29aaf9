"""What the exercises of 6_pytorch share: their notebook."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP6-TrainFFNN", "6_pytorch")
