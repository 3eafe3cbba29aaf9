"""What the exercises of 4_language_model share: their notebook."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP7-LSTM", "4_language_model")
