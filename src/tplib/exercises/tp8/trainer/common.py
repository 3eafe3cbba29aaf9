"""What the exercises of 4_trainer share: their notebook."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP8-HFTrain", "4_trainer")
