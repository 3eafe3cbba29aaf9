"""For authors of a course: its first notebook, the skeleton of an exercise, and the proof of its graders."""

from tplib.authoring.proof import Fault, course_exercises, prove

__all__ = ["Fault", "course_exercises", "prove"]
