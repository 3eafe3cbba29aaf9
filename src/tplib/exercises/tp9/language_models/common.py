"""What the exercises of 2_language_models share: their notebook."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP9-Biais", "2_language_models", lecture="001, schedule: TP9-Biais")
