"""Where exercises come from: the course, and catalogues of other packages."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tplib import TplibError
from tplib.graders import exercises, grade, registry

CATALOGUE = 'MODULES = ("counting.words",)'
EXERCISE = '''
from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP1-Words", "1_count")


@exercise(points=1, lecture="none", draw=lambda draw: ([draw.choice(("a", "b"))] * draw.size(0, 5),))
def {name}(words):
    """The number of words.

    shapes: a list in, a number out.
    worked: ["a", "b"] has 2.
    """
    return len(words)


@{name}.mistake("Do equal words count once?")
def different_words(words):
    return len(set(words))


EXERCISES = ({name},)
'''


@pytest.fixture
def counting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of another course, with one exercise."""
    package = tmp_path / "counting"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "catalogue.py").write_text(CATALOGUE)
    (package / "words.py").write_text(EXERCISE.format(name="count_words"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "_added", [])
    registry.forget()
    yield package
    registry.forget()
    for name in [name for name in sys.modules if name.partition(".")[0] == "counting"]:
        del sys.modules[name]


def test_another_catalogue_is_judged_as_ours(counting: Path) -> None:
    with pytest.raises(TplibError, match="count_words"):
        registry.find("count_words")
    registry.add("counting.catalogue")
    assert registry.exercises()[-1].name == "count_words"
    assert grade("count_words", len).score == 1
    assert grade("count_words", lambda words: len(set(words))).misconception == "different words"


def test_its_folder_is_hidden_from_students(counting: Path) -> None:
    before = registry.folders()
    registry.add("counting.catalogue")
    assert registry.folders() == [*before, counting]
    assert before[0].name == "exercises"


def test_a_name_that_is_taken_is_said(counting: Path) -> None:
    (counting / "words.py").write_text(EXERCISE.format(name="softmax"))
    registry.add("counting.catalogue")
    with pytest.raises(TplibError, match=r"two exercises called 'softmax'.*TP1-Words/1_count"):
        registry.exercises()


def test_a_catalogue_that_is_not_there_is_said() -> None:
    registry._added.append("not_there.catalogue")
    registry.forget()
    try:
        with pytest.raises(TplibError, match=r"not_there\.catalogue are not here"):
            registry.exercises()
    finally:
        registry._added.remove("not_there.catalogue")
        registry.forget()
    assert exercises()
