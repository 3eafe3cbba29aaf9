"""An input on which an answer is wrong, as a verdict shows it."""

from tplib.graders.draw import Arguments
from tplib.graders.exercise import Exercise
from tplib.graders.observe import Observation
from tplib.graders.verdict import LEFT_OUT, Counterexample, Raised


def counterexample(exercise: Exercise, args: Arguments, expected: Observation, obtained: Observation) -> Counterexample:
    yours = Raised(obtained.check or obtained.raised) if obtained.error else obtained.value
    optional = exercise.defaults if exercise.inputs else ()  # there, None stands for what is left to its default
    given = {
        name: LEFT_OUT if value is None and name in optional else value for name, value in exercise.named(args).items()
    }
    return Counterexample(given, expected.value, yours, exercise.tolerance)
