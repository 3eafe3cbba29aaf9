"""Word lists and word vectors of published measures of bias, read without running what lies in the files."""

from __future__ import annotations

import csv
import json
import math
import pickle
from pathlib import Path
from typing import Any

import numpy as np

from tplib.data.kinds import Table
from tplib.data.word_kinds import AssociationTest, BiasWords, WordVectors

# Effect sizes of Caliskan et al. (2017), the column for word2vec, rows 1 to 10.
WORD2VEC = (1.54, 1.63, 0.58, 1.24, 0.72, 1.89, 0.97, 1.24, 1.30, -0.08)
LISTS = ("first_target", "second_target", "first_attribute", "second_attribute")
# "failur" is a slip of the file; a word of two parts has no vector, and WEFE's list has "short".
MENDED = {"failur": "failure", "short-term": "short"}
# Names that the paper left out of a row because they are rare. The file marks them for row 5 too, where the paper's
# number comes from the whole lists.
WITHOUT_REMOVED = (3, 4)


def bias_words(folder: Path) -> BiasWords:
    rows = json.loads((folder / "weat.json").read_text(encoding="utf-8"))
    gender = json.loads((folder / "bolukbasi.json").read_text(encoding="utf-8"))["gender"]
    women = json.loads((folder / "occupational_female_precentage.json").read_text(encoding="utf-8"))
    with (folder / "wordsim353.tsv").open(encoding="utf-8", newline="") as stream:
        similar = [row for row in csv.reader(stream, delimiter="\t") if row and not row[0].startswith("#")]
    return BiasWords(
        tests=tuple(_test(number, row) for number, row in enumerate(rows, 1)),
        pairs=tuple((female, male) for female, male in gender["definitional_pairs"]),
        equalize=tuple((first, second) for first, second in gender["equalize_pairs"]),
        professions={word: (definition, stereotype) for word, definition, stereotype in gender["professions"]},
        specific=tuple(gender["specific_full"]),
        women={word: float(share) for word, share in women.items()},
        similar=tuple((row[-3], row[-2], float(row[-1])) for row in similar),
    )


def _test(number: int, row: dict[str, Any]) -> AssociationTest:
    def words(part: dict[str, Any]) -> tuple[str, ...]:
        removed = part.get("remove", ()) if number in WITHOUT_REMOVED else ()
        return tuple(MENDED.get(word, word) for word in part["words"] if word not in removed)

    names = tuple(row[part]["name"] for part in LISTS)
    x, y, a, b = (words(row[part]) for part in LISTS)
    published = WORD2VEC[number - 1] if number <= len(WORD2VEC) else math.nan
    return AssociationTest(number, names, x, y, a, b, published)


def lexique(folder: Path) -> Table:
    """The nouns, a row for each form; one of two genders ("livre", "secrétaire") has none stated."""
    kept = {
        "word": "1_ortho",
        "gender": "5_genre",
        "number": "6_nombre",
        "films": "9_freqfilms2",
        "books": "10_freqlivres",
    }
    with (folder / "Lexique383.txt").open(encoding="latin-1", newline="") as stream:
        header, *rows = csv.reader(stream, delimiter="\t")
    at = {name: header.index(column) for name, column in kept.items()}
    kind = header.index("4_cgram")
    nouns = [[row[i] for i in at.values()] for row in rows if row[kind] == "NOM"]
    columns = {name: np.array(column) for name, column in zip(at, zip(*nouns, strict=True), strict=True)}
    for name in ("films", "books"):  # "17,62" is a French number
        columns[name] = np.char.replace(columns[name], ",", ".").astype(np.float64)
    return Table(columns)


def weat_vectors(folder: Path) -> WordVectors:
    """gensim's KeyedVectors, which is a pickle: only arrays, numbers, texts and two empty classes come out of it."""
    with (folder / "test_model.kv").open("rb") as stream:
        stored = _OnlyVectors(stream).load()
    words = [str(word) for word in stored.index2word]
    return WordVectors(words, np.ascontiguousarray(stored.vectors, dtype=np.float32))


class _Plain:
    """In the place of gensim's classes: it holds what was stored, and does nothing."""


# What word vectors consist of, under the names by which a pickle asks for it. NumPy's own two functions are taken from
# its arrays and numbers, since the module that holds them changed its name.
_NEEDED: dict[tuple[str, str], Any] = {
    ("gensim.models.keyedvectors", "Word2VecKeyedVectors"): _Plain,
    ("gensim.models.keyedvectors", "Vocab"): _Plain,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}
for _module in ("numpy.core.multiarray", "numpy._core.multiarray"):
    _NEEDED[_module, "_reconstruct"] = np.zeros(0).__reduce__()[0]
    _NEEDED[_module, "scalar"] = np.float64(0).__reduce__()[0]


class _OnlyVectors(pickle.Unpickler):
    """Builds these, and nothing else that a pickle may name."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _NEEDED:
            return _NEEDED[module, name]
        raise pickle.UnpicklingError(f"the file of word vectors names {module}.{name}, which no vectors need")
