"""Files that a candidate hands over: a stranger's names and bytes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tplib.autograde.examiner.interfaces import TamperingError
from tplib.autograde.examiner.written_files import is_safe, read_links, read_modes, read_written, safe_names
from tplib.autograde.worker.files import apply_changes, keep_written

WAYS_OUT = [
    "",
    "/etc/passwd",
    "../x",
    "a/../../x",
    ".",
    "a//b",
    "a/",
    "./a",
    "a\0b",
    "..\\x",
    "\ud800",
    "x" * 256,
    7,
    None,
]


@pytest.mark.parametrize("name", WAYS_OUT)
def test_names_that_lead_out_are_left_out(name: Any) -> None:
    assert not is_safe(name)
    reply = {"files": [[name, 1], ["kept", 2]], "removed": [name, "gone"], "left_out": 0}
    assert read_written(reply, memoryview(b"abb")) == ({"kept": b"bb"}, ["gone"], 1)


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"files": [["a", 4]], "removed": [], "left_out": 0},
        {"files": [["a", -1]], "removed": [], "left_out": 0},
        {"files": [["a", True]], "removed": [], "left_out": -1},
        {"files": ["a"], "removed": [], "left_out": 0},
        {"files": [["a", 0]] * 1001, "removed": [], "left_out": 0},
        {"files": {}, "removed": [], "left_out": 0},
    ],
)
def test_another_form_is_tampering(reply: dict[str, Any]) -> None:
    with pytest.raises(TamperingError):
        read_written(reply, memoryview(b"abc"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=9,
)


@given(values=JSON)
def test_whatever_is_said_of_the_folder_no_name_leads_out_of_it(values: Any) -> None:
    reply = {"modes": values, "links": values}
    assert all(map(is_safe, [*read_modes(reply), *read_links(reply), *safe_names(values)]))
    assert all(0 <= mode <= 0o777 for mode in read_modes(reply).values())


def test_permissions_are_those_of_reading_writing_and_executing() -> None:
    assert read_modes({"modes": [["a", 0o4755], ["b", -1], ["c", True], ["d", 0o20444]]}) == {
        "a": 0o755,
        "b": 0o777,
        "d": 0o444,
    }


def test_what_a_link_says_is_kept_as_it_is() -> None:
    links = [["a", "../../etc/passwd"], ["../b", "a"], ["c", ""], ["d", "x\0y"], ["e", "\ud800"], ["f", "x" * 126]]
    assert read_links({"links": links}) == {"a": "../../etc/passwd"}


@given(files=JSON, removed=JSON, left_out=JSON, blob=st.binary(max_size=9))
def test_whatever_comes_only_tampering_is_raised(files: Any, removed: Any, left_out: Any, blob: bytes) -> None:
    try:
        written, gone, _ = read_written({"files": files, "removed": removed, "left_out": left_out}, memoryview(blob))
    except TamperingError:
        return
    assert all(is_safe(name) for name in [*written, *gone])


def test_a_file_where_another_has_a_folder_harms_nobody(tmp_path) -> None:
    apply_changes(tmp_path, {"a": b"file", "a/b": b"inside", "c/d": b"1", "c": b"2"}, ["nowhere", "c"])
    assert (tmp_path / "a").read_bytes() == b"file"
    assert (tmp_path / "c/d").read_bytes() == b"1"


def test_all_notebooks_together_keep_at_most_the_cap(tmp_path) -> None:
    written = {f"{n}.bin": bytes(9 << 20) for n in range(4)} | {"small": b"x", "p.ipynb": b"{}"}
    assert keep_written(tmp_path, written) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.bin", "1.bin", "small"]


def test_files_that_are_read_only_change_and_keep_their_permissions(tmp_path) -> None:
    apply_changes(tmp_path, {"a": b"1", "b": b"1"}, [], {"a": 0o444, "b": 0o4711})
    apply_changes(tmp_path, {"a": b"2"}, [])
    assert (tmp_path / "a").read_bytes() == b"2"
    assert [(tmp_path / name).stat().st_mode & 0o7777 for name in "ab"] == [0o444, 0o711]


def test_hidden_files_are_not_kept_unless_they_were_handed_in(tmp_path) -> None:
    (tmp_path / ".own").touch()
    assert keep_written(tmp_path, {".own": b"1", ".cache": b"1", ".git/config": b"1"}) == 0
    assert [path.name for path in tmp_path.iterdir()] == [".own"]
