"""What the exercises of 3_autoencoders share: their notebook, and how exactly numbers of float32 are compared."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP8-HFTrain", "3_autoencoders", rtol=1e-4, atol=1e-5)
