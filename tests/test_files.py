"""A file is there whole or not at all; where none can be, a sentence says why and what to do."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from tplib.files import READABLE, make_writable, not_written, write_atomically


def test_the_folder_is_made_and_the_permissions_are_those_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file.json"
    write_atomically(path, b"one", mode=READABLE)
    assert path.read_bytes() == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    write_atomically(path, lambda file: file.write(b"two"))
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["file.json"]


def test_what_fails_half_way_leaves_the_former_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"former")

    def fail(file) -> None:
        file.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, fail)
    assert path.read_bytes() == b"former"
    assert os.listdir(tmp_path) == ["file"]


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250)
    write_atomically(path, b"x")
    assert path.read_bytes() == b"x"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("file/x", "file is a file, not a folder. Move it away, or go"),
        ("file/x/y", "file is a file, not a folder. Move it away, or go"),
        ("folder", "folder is a folder. Move it away, or go"),
        ("nowhere/x", "nowhere is a link to nothing. Remove it, or go"),
        ("circle/x", " link "),
        ("n" * 300, "its name is too long. Shorten it, or go"),
    ],
)
def test_what_is_in_the_way_is_said(there: Path, name: str, why: str) -> None:
    with pytest.raises(OSError, match=r".") as caught:
        write_atomically(there / name, b"x")
    said = not_written(there / name, caught.value, "go elsewhere")
    assert said.startswith(f"{there / name} cannot be written: ")
    assert why in said
    assert "room" not in said


@pytest.mark.parametrize("name", ["file", "file/x", "nowhere/x", "n" * 300])
def test_a_folder_that_cannot_be_made_is_said_too(there: Path, name: str) -> None:
    with pytest.raises(OSError, match=r".") as caught:
        make_writable(there / name)
    assert any(why in not_written(there / name, caught.value) for why in ("is a file", "to nothing", "too long"))


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_where_the_system_lets_nothing_be_made() -> None:
    with pytest.raises(OSError, match=r".") as caught:
        make_writable(Path("/proc/x"))
    assert not_written(Path("/proc/x"), caught.value, "go") == (
        "/proc/x cannot be written: nothing can be made in /proc. Go"
    )


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOSPC, "there is no room left on the disk. Make room, or go"),
        (errno.EDQUOT, "your share of the disk is used up. Make room, or go"),
        (errno.EACCES, "you may not write in {}. Change its permissions, or go"),
        (errno.EPERM, "you may not write in {}. Change its permissions, or go"),
        (errno.EROFS, "{} can only be read. Go"),
        (errno.EFBIG, "a file may not be that large there. Go"),
        (errno.EIO, "the disk reports an error. Look whether it is broken, or go"),
        (errno.EMFILE, "too many files are open. Close programs, or go"),
        (errno.EBUSY, "Device or resource busy. Go"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="other words there")
def test_each_error_has_its_own_sentence(there: Path, number: int, why: str) -> None:
    for path, ground in ((there / "new" / "x", there), (there / "x", there), (there / "folder", there / "folder")):
        said = not_written(path, OSError(number, os.strerror(number)), "go")
        assert said == f"{path} cannot be written: {why.format(ground)}"


def test_what_may_not_be_read_is_not_said_to_be_unwritable(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.R_OK)
    said = not_written(there / "file", PermissionError(errno.EACCES, ""), "go", what="written or read")
    assert said.endswith("file cannot be written or read: you may not read it. Change its permissions, or go")
