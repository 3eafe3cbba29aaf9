"""What the exercises of 5_gpu share: their notebook."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP8-HFTrain", "5_gpu")
