import os

import pytest

from tplib import TplibError
from tplib.course.layout import Course, Page, replace_if_changed, require_writable

FIRST = Page("TP1-Small", "1_first")


def test_pages_are_the_scripts_of_the_assignments(root):
    (root / "course" / "notation.md").write_text("B is the batch")
    (root / "course" / "img").mkdir()
    assert Course(root).assignments() == ["TP1-Small"]
    assert Course(root).pages() == [FIRST, Page("TP1-Small", "2_second")]
    assert Course(root).pages(["TP1-Small"], ["1_first.py"]) == [FIRST]


@pytest.mark.parametrize(
    ("assignments", "only", "sentence"),
    [
        (["TP9"], None, "no assignment 'TP9' in course/; it has TP1-Small"),
        (None, ["3_third"], "no notebook 3_third in course/; it has TP1-Small/1_first, TP1-Small/2_second"),
    ],
)
def test_unknown_names_get_a_sentence(root, assignments, only, sentence):
    with pytest.raises(TplibError, match=sentence):
        Course(root).pages(assignments, only)


def test_a_folder_without_course_gets_a_sentence(tmp_path):
    with pytest.raises(TplibError, match="no folder course in"):
        Course(tmp_path).pages()
    (tmp_path / "course").mkdir()
    with pytest.raises(TplibError, match="course/ holds no notebook"):
        Course(tmp_path).pages()


def test_scripts_bytecode_and_checkpoints_are_no_supporting_files(root):
    folder = root / "course" / "TP1-Small"
    for name in ("__pycache__/a.pyc", ".ipynb_checkpoints/1.ipynb", "old.ipynb", ".hidden", "data/table.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    assert [file.as_posix() for file in Course(root).supporting_files("TP1-Small")] == ["data/table.csv", "img/dot.txt"]


def test_a_file_is_replaced_only_if_it_changes(tmp_path):
    path = tmp_path / "deep" / "file"
    assert replace_if_changed(path, b"one")
    before = path.stat()
    assert not replace_if_changed(path, b"one")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert replace_if_changed(path, b"two")
    assert path.read_bytes() == b"two"


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def refuse(source, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(TplibError, match=r"file cannot be written: you may not write in .*Change its permissions"):
        replace_if_changed(path, b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"


def test_a_folder_that_cannot_be_written_is_told_before_any_work(tmp_path):
    (tmp_path / "source").write_text("a file where the folder should be")
    with pytest.raises(TplibError, match="source is a file, not a folder"):
        require_writable(tmp_path / "source" / "TP1-Small")
