"""Modules beside a notebook under an installed package's name: the course's are imported, as in Jupyter."""

from __future__ import annotations

import sys

import pytest
from plain_course import cells_of

IMPORTS = "import tqdm, yaml, requests, numpy, statistics"
TESTS = (
    "# test\nassert tqdm.NAME == 'course'",
    "# test\nfrom yaml.inner import NAME\nassert NAME == yaml.NAME == 'course'",
    "# test\nassert requests.get and numpy.__version__ and not hasattr(statistics, 'NAME')",
)


def with_modules(plain):
    """A course with two modules of its own, and with folders and files that are none."""
    plain.source(p=cells_of(IMPORTS, *TESTS))
    source = plain.root / "source/ps1"
    (source / "tqdm.py").write_text("NAME = 'course'")
    for package, name in (("yaml", "__init__"), ("yaml", "inner")):
        (source / package).mkdir(exist_ok=True)
        (source / package / f"{name}.py").write_text("NAME = 'course'")
    (source / "requests").mkdir()
    (source / "requests/data.csv").write_text("1")
    (source / "statistics.py").write_text("NAME = 'course'")
    return plain


def hand_in(plain, *students):
    for student in students:
        folder = plain.root / "submitted" / student / "ps1"
        folder.mkdir(parents=True)
        (folder / "p.ipynb").write_bytes((plain.root / "source/ps1/p.ipynb").read_bytes())
    return folder


@pytest.mark.parametrize("count", [1, 4])  # with four, the instructor's notebook is run to see what it imports
def test_a_module_of_the_course_wins_over_an_installed_package(plain, count):
    with_modules(plain)
    hand_in(plain, *(f"s{number}" for number in range(count)))
    result = plain.grade()
    assert result.exit_code == 0, result.stdout
    for number in range(count):
        assert plain.scores(f"s{number}") == {"test-1": 1.0, "test-2": 1.0, "test-3": 1.0}
    assert "clashing" not in result.stdout


def test_a_student_cannot_replace_it(plain):
    with_modules(plain)
    folder = hand_in(plain, "amy")
    (folder / "tqdm.py").write_text("NAME = 'mine'")
    plain.grade()
    assert plain.scores()["test-1"] == 1.0


def test_a_student_s_own_module_stays_behind_an_installed_one_and_is_named(plain):
    plain.source(p=cells_of("import yaml", "# test\nassert yaml.safe_load('1') == 1"))
    folder = hand_in(plain, "amy")
    (folder / "yaml.py").write_text("def safe_load(text):\n    return 1")
    (folder / "tqdm.py").write_text("never imported")
    result = plain.grade()
    assert plain.scores() == {"test-1": 1.0}
    (problem,) = plain.autograded().metadata.tplib.problems
    assert problem.reason == "yaml.py was not used: p.ipynb gets the installed module yaml"
    assert "clashing module" in result.stdout


WAYS = ("import sys\nsys.path.insert(0, 'lib')", "import os\nos.chdir('lib')", "%cd lib")


@pytest.mark.parametrize("name", ["yaml.py", "requests/__init__.py", "colorsys.py"])
def test_a_module_in_a_folder_wins_once_that_comes_first(plain, name):
    module = name.partition("/")[0].removesuffix(".py")
    test = f"# test\nimport {module}\nassert hasattr({module}, 'MINE') == "
    standard = module in sys.stdlib_module_names  # which come before the working folder
    wins = [True, not standard, not standard]
    plain.source(
        **{f"p{n}": cells_of(*["0"] * n, way, f"{test}{wins[n]}") for n, way in enumerate(WAYS)},
    )
    path = plain.root / "source/ps1/lib" / name
    path.parent.mkdir(parents=True)
    path.write_text("MINE = 1")
    folder = plain.root / "submitted/amy/ps1"
    folder.mkdir(parents=True)
    for notebook in (plain.root / "source/ps1").glob("*.ipynb"):
        (folder / notebook.name).write_bytes(notebook.read_bytes())
    assert plain.grade().exit_code == 0
    assert set(plain.scores().values()) == {1.0}
    assert len(plain.scores()) == len(WAYS)


def test_a_module_in_a_folder_that_comes_never_first_changes_nothing(plain):
    plain.source(p=cells_of("import yaml, numpy, colorsys", "# test\nassert yaml.safe_load('1') == numpy.array([1])"))
    lib = plain.root / "source/ps1/lib"
    lib.mkdir()
    for name in ("yaml", "colorsys", "numpy"):
        (lib / f"{name}.py").write_text("MINE = 1")
    hand_in(plain, "amy")
    plain.grade()
    assert plain.scores() == {"test-1": 1.0}
