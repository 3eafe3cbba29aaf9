"""Which files make which modules, and how one takes the place of another."""

import importlib
import sys

import pytest

from tplib.autograde.candidate.own_modules import forget, module_in, module_of, set_aside


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("datasets.py", "datasets"),
        ("datasets/__init__.py", "datasets"),
        ("datasets/data.py", ""),
        ("datasets/inner/__init__.py", ""),
        ("datasets.csv", ""),
        ("datasets/data.csv", ""),
        ("fast.abi3.so", "fast"),
        ("notes", ""),
    ],
)
def test_the_module_that_a_file_makes(path, module):
    assert module_of(path) == module


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("yaml.py", "yaml"),
        ("lib/yaml.py", "yaml"),
        ("a/b/requests/__init__.py", "requests"),
        ("requests/__init__.py", "requests"),
        ("__init__.py", "__init__"),
        ("a/b/notes.txt", ""),
        ("lib/fast.abi3.so", "fast"),
    ],
)
def test_the_module_that_a_file_makes_where_its_folder_comes_first(path, module):
    assert module_in(path) == module


def test_a_forgotten_module_is_found_in_the_folder(tmp_path, monkeypatch):
    elsewhere, own = tmp_path / "elsewhere", tmp_path / "own"
    for folder in (elsewhere, own):
        (folder / "some_package").mkdir(parents=True)
        (folder / "some_package/__init__.py").write_text(f"PLACE = {folder.name!r}")
        (folder / "some_package/part.py").touch()
    monkeypatch.syspath_prepend(elsewhere)
    assert importlib.import_module("some_package.part")
    monkeypatch.syspath_prepend(own)
    assert set_aside(["some_package/__init__.py", "other.py"], own) == ["some_package/__init__.py"]
    forget(["some_package"], own)
    assert not {"some_package", "some_package.part"} & set(sys.modules)
    assert importlib.import_module("some_package").PLACE == "own"
    forget(["some_package"], own)
    assert sys.modules["some_package"].PLACE == "own"
    assert set_aside(["some_package/__init__.py"], own) == []
    del sys.modules["some_package"]
