"""Private folders: gone at their end, removed by others only when their process has ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tplib.autograde.coordinator.scratch import PREFIX, install, make_scratch
from tplib.autograde.private_folders import private_folder, remove_abandoned

PROGRAM = """
import os, signal, sys
from pathlib import Path
from tplib.autograde.private_folders import private_folder
with private_folder("mine-", Path(sys.argv[1])) as folder:
    (folder / "file").write_text("x")
    print(folder, flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_folder_goes_with_its_context(tmp_path):
    with private_folder("mine-", tmp_path) as folder:
        (folder / "inner").mkdir()
        remove_abandoned("mine-", tmp_path)
        assert (folder / "inner").is_dir()
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_folder_of_a_killed_process_goes_and_that_of_a_living_one_stays(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        folder = Path(process.stdout.readline().strip())
        remove_abandoned("mine-", tmp_path)
        assert (folder / "file").is_file()
        process.stdin.close()
        process.wait()
        assert (folder / "file").is_file()
        remove_abandoned("other-", tmp_path)
        assert (folder / "file").is_file()
        seen = []
        remove_abandoned("mine-", tmp_path, seen.append)
        assert seen == [folder]
        assert not folder.exists()


def test_what_is_not_such_a_folder_stays(tmp_path):
    (tmp_path / "mine-of-somebody").mkdir()
    (tmp_path / "mine-file").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/lock").write_text("")
    (tmp_path / "mine-link").symlink_to(tmp_path / "elsewhere")
    remove_abandoned("mine-", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "elsewhere",
        "mine-file",
        "mine-link",
        "mine-of-somebody",
    ]
    assert (tmp_path / "elsewhere/lock").is_file()


def test_graded_copy_that_a_killed_run_had_moved_away_comes_back(tmp_path, monkeypatch):
    final, new = tmp_path / "autograded/ada", tmp_path / "new"
    for folder, text in ((final, "old"), (new, "new")):
        folder.mkdir(parents=True)
        (folder / "grade").write_text(text)
    scratch = tmp_path / f"{PREFIX}left"
    scratch.mkdir()
    (scratch / "lock").touch()
    (scratch / "replaced-half").mkdir()  # made, and nothing moved yet

    rename = Path.rename

    def killed(self, target):
        if self == new:
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            install(new, final, scratch)
    assert not final.exists()
    with make_scratch(tmp_path):
        assert (final / "grade").read_text() == "old"
        assert not scratch.exists()
