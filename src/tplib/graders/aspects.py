"""What is said of right values that miss a finer rule: a sentence, and a few words as the mistake's name."""

from collections.abc import Mapping

from tplib.graders import universal
from tplib.graders.exercise import Case, Exercise
from tplib.graders.observe import Observation

PLAIN_STABILITY = "Right for moderate numbers, but not for large ones."
RAISES = "Right otherwise, but here your code raises an error."
STUCK = "Right otherwise, but here the check cannot go on with what your code gives."
SENTENCES: Mapping[str, str] = {
    "stability": PLAIN_STABILITY,
    "defaults": "Right when all arguments are given, but the default values are not those of the notebook.",
    "dtype": "Right for float64, but a float32 input should give a float32 result.",
    "mutation": "Right values, but your code changes its argument {argument}. Work on a copy.",
    "lasting": "Right, but each call writes into the same array, so that the result of an earlier call changes. "
    "Make a new one in each call.",
    "globals": "Right here, but it reads the notebook's variable {argument} instead of an argument.",
    "repeatable": "Right, but not at each call: the same input gave another result the first time.",
}
NAMES: Mapping[str, str] = {
    # of any exercise
    "defaults": "wrong default value",
    "dtype": "wrong dtype",
    "mutation": "changes its argument",
    "lasting": "earlier result overwritten",
    "globals": "depends on a global variable",
    "repeatable": "not repeatable",
    "stability": "wrong for extreme numbers",
    "input": "changes what it is given",
    "words": "changes what it is given",
    "type": "right values of another type",
    "types": "right values of another type",
    "tuple": "gradients not in a tuple",
    "state": "leaves something else changed",
    "mode": "not in the right mode",
    "graph": "graph recorded for no backward pass",
    "gradients": "gradients do not arrive as they should",
    "old gradients": "old gradients not cleared",
    "empty text": "text without a word",
    # of some
    "absent": "class that does not occur",
    "afterwards": "no draw under no_grad",
    "again": "wrong at the second use",
    "backward": "backward inside of autocast",
    "batch": "wrong for a batch of texts",
    "best": "best model not kept",
    "budget": "loss computed too often",
    "capitals": "word in capitals",
    "composed": "accent as a character of its own",
    "disk": "optimiser saved with each model",
    "dropout": "dropout not as in nn.Dropout",
    "empty": "group without such a row",
    "eps": "eps in another place",
    "equal means": "one of two equal means lost",
    "head": "head of another name",
    "halves": "half rounded in another way",
    "ignored": "rows with the label -100 counted",
    "impossible": "wrong for probability 0",
    "kink": "other slope at x = 0",
    "large numbers": "wrong for large word numbers",
    "letters": "beginning or end of a word not found",
    "logarithm below -100": "logarithm not cut off at -100",
    "low temperature": "overflow at a low temperature",
    "more than there are": "count above the number of layers",
    "nan": "loss of nan not taken as bad",
    "no labels": "wrong without labels",
    "no scaler": "wrong without a scaler",
    "nothing to drop": "wrong for p = 0",
    "nothing to read": "query that may read nothing",
    "once": "backward called more than once",
    "one example": "wrong for a single example",
    "other models": "wrong for models other than BERT",
    "padding": "padding does not start at 0",
    "rare class": "rare class not kept in train",
    "recursion": "calls too deep inside each other",
    "reports": "reports to services",
    "runs": "trainings too many or too few",
    "scale": "wrong for tiny or huge numbers",
    "seed": "seed not used",
    "shared": "wrong where two layers share an array",
    "short": "short texts not filled up",
    "small": "small weights pulled less hard",
    "start": "first best_loss not infinite",
    "stopping": "no early stopping",
    "temperature 0": "wrong at temperature 0",
    "ties": "wrong where differences are equal",
    "to the end": "stops before the end",
    "tokenizer": "tokenizer not saved",
    "view or copy": "written into a copy",
    "whole numbers": "whole numbers do not become decimal",
    "wide": "wrong number of weights where all sources are short",
    "zero": "wrong where a value is exactly 0",
}


def shows_nothing(case: Case, obtained: Observation) -> bool:
    """Whether a case that watches something, as its last argument says, could not: the answer raised an error."""
    last = case.args[-1] if case.args else None
    return obtained.error is not None and isinstance(last, str) and last == case.aspect


def sentence(exercise: Exercise, case: Case, obtained: Observation) -> str:
    """What a student reads of a missed aspect. An overflow is told of only where there was one."""
    if case.aspect == "stability" and obtained.error is None and universal.finite(obtained.value):
        return PLAIN_STABILITY
    if shows_nothing(case, obtained) and case.aspect != "gradients":  # an error gives none either
        return STUCK if obtained.check else RAISES
    return exercise.aspects.get(case.aspect) or SENTENCES[case.aspect]


def name(aspect: str, said: str) -> str:
    """The mistake in a few words; an aspect that a course brings itself is called as it is there."""
    return "raises an error" if said in (RAISES, STUCK) else NAMES.get(aspect, aspect)
