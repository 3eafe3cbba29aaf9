"""A change in tplib's exercises, or in another package's, changes the fingerprints of what it judges, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tplib
from tplib.graders import course_folder, exercises, registry
from tplib.graders.fingerprint import fingerprint, fingerprint_at
from tplib.graders.sources import fingerprints, origin, sources

PACKAGE = Path(tplib.__file__).parent
NAMES = {"tokenize_batch", "equalize", "neutralize", "cosine_similarity", "weat_p_value", "fine_tune", "relu"}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """A copy of the package, as far as exercises go."""
    root = tmp_path_factory.mktemp("copy") / "tplib"
    shutil.copytree(PACKAGE / "exercises", root / "exercises")
    (root / "__init__.py").touch()
    return root


@pytest.fixture
def copy(untouched, tmp_path):
    return shutil.copytree(untouched, tmp_path / "tplib")


def prints(root: Path, mistakes: bool = True) -> dict[str, str]:
    places = dict(sources(NAMES))
    return {name: fingerprint_at(root / path.relative_to(PACKAGE), name, mistakes) for name, path in places.items()}


def test_every_exercise_is_found_without_being_imported():
    every = {one.name: one for one in exercises()}
    places = dict(sources(set(every)))
    assert places.keys() == every.keys()
    assert fingerprints(NAMES) == {name: fingerprint(every[name]) for name in NAMES}


def test_where_the_files_lie_does_not_count(untouched):
    found = prints(untouched)
    assert found == prints(PACKAGE)
    assert len(set(found.values())) == len(NAMES)


@pytest.mark.parametrize(
    ("file", "old", "new", "changed", "judging"),
    [
        ("tp9/embeddings/equal.py", "max(0.0, 1 - nu @ nu)", "max(0.1, 1 - nu @ nu)", {"equalize"}, True),
        ("tp9/embeddings/equal.py", "draw.size(3, 6)", "draw.size(3, 7)", {"equalize"}, True),
        ("tp9/embeddings/equal.py", "points=2", "points=3", set(), False),
        ("tp9/embeddings/equal.py", "Did you take the root?", "Is there a root?", {"equalize"}, False),
        ("tp9/embeddings/permutation_mistakes.py", "\n\n\n", "\n\n\n# why\n", set(), False),
        ("tp9/embeddings/permutation_mistakes.py", ".mistake(", ".mistake(''+", {"weat_p_value"}, False),
        ("tp8/trainer/observers.py", "def share_of_ones(", "def share_of_ones(more=1, *", {"fine_tune"}, True),
        ("tp8/trainer/training_mistakes.py", "Who starts the training?", "Who starts it?", {"fine_tune"}, False),
        ("tp8/trainer/observers.py", "def rows(", "def unused(): ...\n\n\ndef rows(", set(), False),
        (
            "tp9/embeddings/common.py",
            "def unit(",
            "def unit(_=0, *, more=1): ...\ndef unit(",
            {"equalize", "neutralize"},
            True,
        ),
    ],
)
def test_a_change_is_seen_where_it_judges(copy, file, old, new, changed, judging):
    before, plain = prints(copy), prints(copy, mistakes=False)
    path = copy / "exercises" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    now, now_plain = prints(copy), prints(copy, mistakes=False)
    assert {name for name in NAMES if now[name] != before[name]} >= changed
    assert {name for name in ("relu", "fine_tune") if now[name] != before[name]} <= changed
    assert now["tokenize_batch"] == before["tokenize_batch"]
    if not changed:
        assert now == before
    assert {name for name in changed if now_plain[name] != plain[name]} == (changed if judging else set())


def test_what_no_file_declares_is_left_out():
    assert fingerprints({"no_such_exercise"}) == {}
    assert fingerprints(()) == {}


def test_whose_an_exercise_is(tmp_path):
    assert origin("relu") == "tplib"
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "exercises").mkdir()
    own = 'from tplib.graders.exercise import exercises_of\nexercise = exercises_of("s", "p")\n'
    own += '@exercise(points=1, draw=lambda draw: (1,))\ndef mine(x):\n    """x\n\n    shapes: a number.\n'
    own += '    worked: mine(1) = 1\n    """\n    return x\n'
    (tmp_path / "exercises/mine.py").write_text(own)
    registry.forget()
    course_folder.use_course(tmp_path)
    try:
        assert origin("mine") == "exercises/"
        assert fingerprints({"mine"}) == {"mine": fingerprint(registry.find("mine"))}
    finally:
        course_folder.look_around()
        registry.forget()
