"""What the exercises of 3_sentiment share: their notebook."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP7-LSTM", "3_sentiment")
