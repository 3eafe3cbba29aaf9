"""The data sets as arrays and strings, each with its fixed split: `load("digits").train.x`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, overload

from tplib.data import readers, stereotypes, word_lists
from tplib.data.cache import path, verify
from tplib.data.kinds import (
    AnySet,
    Book,
    Corpus,
    Images,
    ImageSet,
    Model,
    Reviews,
    ReviewSet,
    Table,
    TableSet,
    Texts,
    TextSet,
    Unsplit,
)
from tplib.data.multilingual import SentenceEncoder
from tplib.data.registry import info
from tplib.data.stereotypes import Nouns, Questions, StereoSet
from tplib.data.word_kinds import BiasWords, WordTests, WordVectors
from tplib.errors import TplibError

ImageName = Literal["digits", "mnist-5k", "mnist"]


@overload
def load(name: ImageName, split: None = None) -> ImageSet: ...
@overload
def load(name: ImageName, split: str) -> Images: ...
@overload
def load(name: Literal["snippets"], split: None = None) -> TextSet: ...
@overload
def load(name: Literal["snippets"], split: str) -> Texts: ...
@overload
def load(name: Literal["avis-fr"], split: None = None) -> ReviewSet: ...
@overload
def load(name: Literal["avis-fr"], split: str) -> Reviews: ...
@overload
def load(name: Literal["word2vec", "weat-vectors"], split: None = None) -> WordVectors: ...
@overload
def load(name: Literal["bias-words"], split: None = None) -> BiasWords: ...
@overload
def load(name: Literal["brown"], split: None = None) -> Corpus: ...
@overload
def load(name: Literal["word-tests"], split: None = None) -> WordTests: ...
@overload
def load(name: Literal["shakespeare"], split: None = None) -> Book: ...
@overload
def load(name: Literal["shakespeare"], split: str) -> str: ...
@overload
def load(name: Literal["compas", "lexique"], split: None = None) -> Table: ...
@overload
def load(name: Literal["adult"], split: None = None) -> TableSet: ...
@overload
def load(name: Literal["adult"], split: str) -> Table: ...
@overload
def load(name: Literal["stereoset"], split: None = None) -> StereoSet: ...
@overload
def load(name: Literal["bbq-gender"], split: None = None) -> Questions: ...
@overload
def load(name: Literal["french-nouns"], split: None = None) -> Nouns: ...
@overload
def load(name: Literal["minilm", "smollm2"], split: None = None) -> Model: ...
@overload
def load(name: Literal["use-multilingual"], split: None = None) -> SentenceEncoder: ...
@overload
def load(name: str, split: str | None = None) -> AnySet | Images | Texts | Reviews | Table | str: ...
def load(name: str, split: str | None = None) -> AnySet | Images | Texts | Reviews | Table | str:
    """A data set from the cache, or one split of it ("train", "test", "all"); never touches the network.

    `train, test = load("digits")` and `x, y = load("digits", "train")` both work. Raises TplibError for an unknown
    name or split, and for a set that is not in the cache: the message says which command pulls it.
    """
    info(name)
    folder = path(name)
    try:
        loaded = _LOADERS[name](folder)
    except Exception:
        if faults := verify(name):
            raise TplibError(faults[0]) from None
        raise
    if split is None:
        return loaded
    if isinstance(loaded, Unsplit):
        raise TplibError(f"The data set {name!r} has no splits: it is used as a whole, as load({name!r}) gives it.")
    parts = vars(loaded)
    if split not in parts:
        raise TplibError(f"The data set {name!r} has no split {split!r}; it has {', '.join(map(repr, parts))}.")
    part: Images | Texts | Reviews | Table | str = parts[split]
    return part


_LOADERS: dict[str, Callable[[Path], AnySet]] = {
    "digits": readers.digits,
    "snippets": readers.snippets,
    "mnist-5k": readers.mnist_5k,
    "mnist": readers.mnist,
    "avis-fr": readers.avis_fr,
    "word2vec": readers.word2vec,
    "weat-vectors": word_lists.weat_vectors,
    "bias-words": word_lists.bias_words,
    "lexique": word_lists.lexique,
    "shakespeare": readers.shakespeare,
    "compas": readers.compas,
    "adult": readers.adult,
    "brown": readers.brown,
    "word-tests": readers.word_tests,
    "stereoset": stereotypes.stereoset,
    "bbq-gender": stereotypes.bbq_gender,
    "french-nouns": stereotypes.french_nouns,
    "minilm": readers.model,
    "smollm2": readers.model,
    "use-multilingual": readers.use_multilingual,
}
