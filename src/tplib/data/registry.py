"""The data sets by name."""

from __future__ import annotations

import difflib

from tplib.data.catalogue import images, language, models, tables, texts, vectors
from tplib.data.sources import DataSet
from tplib.errors import TplibError

SETS = {
    dataset.name: dataset
    for dataset in (*images.SETS, *texts.SETS, *vectors.SETS, *tables.SETS, *models.SETS, *language.SETS)
}

NEEDED = {
    "TP5-HFData": ("snippets", "avis-fr", "word2vec"),
    "TP6-TrainFFNN": ("digits", "snippets", "mnist-5k"),
    "TP7-LSTM": ("mnist-5k", "snippets", "word2vec", "shakespeare"),
    "TP8-HFTrain": (
        "brown",
        "word-tests",
        "word2vec",
        "mnist",
        "snippets",
        "minilm",
        "avis-fr",
        "use-multilingual",
        "digits",
    ),
    "TP9-Biais": (
        "weat-vectors",
        "bias-words",
        "word2vec",
        "use-multilingual",
        "lexique",
        "minilm",
        "smollm2",
        "stereoset",
        "french-nouns",
        "compas",
        "adult",
        "snippets",
    ),
}
"""The sets that the notebooks of an assignment load."""


def expand(name: str) -> tuple[str, ...]:
    """The sets of an assignment ("TP8-HFTrain" or "TP8"), or the one set of this name; TplibError for another name."""
    for assignment, needed in NEEDED.items():
        if name.casefold() in (assignment.casefold(), assignment.partition("-")[0].casefold()):
            return needed
    return (info(name).name,)


def names() -> list[str]:
    """The names of all data sets, the default first."""
    return list(SETS)


def info(name: str) -> DataSet:
    """What is known of a data set before it is pulled; raises TplibError for an unknown name."""
    if name in SETS:
        return SETS[name]
    close = difflib.get_close_matches(str(name).lower(), SETS, n=2)
    hint = f" Did you mean {' or '.join(repr(other) for other in close)}?" if close else ""
    raise TplibError(f"There is no data set {name!r}.{hint} The sets are: {', '.join(SETS)} (see `tp data list`).")
