"""A submission's folder is read whatever lies in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tplib.autograde.bridge.patches import is_ignored
from tplib.autograde.coordinator.newer_work import last_change
from tplib.autograde.submissions.folder import BY_DESCRIPTOR, PATH_CAP, read_submission


def test_folders_deeper_than_a_path_can_be_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "task.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    for _ in range(50):  # 5,000 letters; the system's calls take 4,096
        os.mkdir("d" * 100)
        os.chdir("d" * 100)
    Path("deep.txt").touch()
    os.chdir(tmp_path)
    found = read_submission(tmp_path)
    assert list(found.files) == ["task.ipynb"]
    assert [problem.kind for problem in found.problems] == ["too large"]
    assert str(PATH_CAP) in found.problems[0].reason
    assert last_change(tmp_path) >= (tmp_path / "task.ipynb").stat().st_mtime


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can play two people")
def test_a_hard_link_to_a_file_of_somebody_else_is_left_out(tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret", tmp_path / "folder"
    folder.mkdir()
    secret.write_text("secret")
    os.link(secret, folder / "own.txt")
    assert list(read_submission(folder).files) == ["own.txt"]
    os.chown(secret, 65534, 65534)
    found = read_submission(folder)
    assert not found.files
    assert "hard link" in found.problems[0].reason


def test_ignored_files_are_nbgraders(tmp_path: Path) -> None:
    import nbgrader.utils

    names = ["a.txt", ".hidden", "b.ipynb", ".ipynb_checkpoints", "x.pyc", ".pyc", "[a].txt"]
    for name in names:
        (tmp_path / name).touch()
    for patterns in (None, [], ["*.txt"], [".*"], ["*"], ["*.pyc", "b.ipynb"], [".ipynb_checkpoints"], ["[ab].txt"]):
        for path in (str(tmp_path / name) for name in names):
            theirs = nbgrader.utils.is_ignored(path, patterns)
            assert is_ignored(path, patterns, nbgrader.utils.is_ignored) == theirs, (path, patterns)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can play two people")
def test_of_another_users_files_only_those_that_everybody_can_read_are_taken(tmp_path: Path) -> None:
    for name, mode in {"corrected.txt": 0o644, "private.txt": 0o600}.items():
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(mode)
    os.chown(tmp_path, 64321, 64321)
    found = read_submission(tmp_path)
    assert list(found.files) == ["corrected.txt"]
    assert [problem.reason for problem in found.problems] == [
        "private.txt is a private file of another user than the folder's; it was left out"
    ]


@pytest.mark.parametrize("place", ["folder", "a/folder"])
@pytest.mark.skipif(not BY_DESCRIPTOR, reason="files are opened by their paths here")
def test_a_folder_that_becomes_a_link_while_it_is_read_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The exchange happens between two calls of the system: at each of them in turn."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file.txt").write_text("SECRET")
    calls = ("open", "scandir", "stat", "fstat")
    real = {name: getattr(os, name) for name in calls}
    number = 0
    while True:
        number += 1
        work = tmp_path / f"work-{number}"
        (work / place).mkdir(parents=True)
        (work / place / "file.txt").write_text("own")
        left = [number]

        def exchanging(name: str, work: Path = work, left: list[int] = left) -> Any:
            def call(*arguments: Any, **options: Any) -> Any:
                left[0] -= 1
                if left[0] == 0:
                    os.rename(work / place, work / "moved")
                    os.symlink(tmp_path / "outside", work / place)
                return real[name](*arguments, **options)

            return call

        with monkeypatch.context() as patch:
            for name in calls:
                patch.setattr(os, name, exchanging(name))
            found = read_submission(work)
        assert b"SECRET" not in found.files.values(), number
        if left[0] > 0:
            break
    assert number > 5


def test_nearly_empty_files_that_say_they_are_long_are_left_out(tmp_path):
    for number in range(40):
        with open(tmp_path / f"{number}.bin", "wb") as file:
            file.truncate(4 << 20)
    if os.stat(tmp_path / "0.bin").st_blocks:
        pytest.skip("this file system has no sparse files")
    submission = read_submission(tmp_path)
    assert sum(map(len, submission.files.values())) == 16 << 20
    assert {problem.kind for problem in submission.problems} == {"too large"}
    assert len(submission.problems) == 21
    assert submission.problems[-1].reason == "16 more of the kind"


def test_problems_quote_names_without_what_a_terminal_obeys(tmp_path):
    for name in ("\x1b]0;title\x07", "\x9b2A", "a\rb", "a\u2028b", "\u202eb", os.fsdecode(b"\xff")):
        (tmp_path / name).symlink_to("/nowhere")
    submission = read_submission(tmp_path)
    assert len(submission.problems) == 6
    assert all(problem.reason.isprintable() for problem in submission.problems)
    assert all(problem.reason.encode() for problem in submission.problems)
