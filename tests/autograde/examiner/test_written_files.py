"""Files that a candidate hands over: a stranger's names and bytes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tplib.autograde.examiner.interfaces import TamperingError
from tplib.autograde.examiner.written_files import is_safe, read_programs, read_written
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


@given(programs=JSON)
def test_what_may_be_executed_is_among_what_was_handed_over(programs: Any) -> None:
    assert read_programs({"programs": programs}, {"run.sh": b"", "a": b""}) in ([], ["a"], ["run.sh"], ["run.sh", "a"])


def test_names_of_programs_are_looked_up_and_not_searched_for() -> None:
    class Text(str):
        """Counts how often one is compared with another."""

        compared = 0

        def __eq__(self, other: object) -> bool:
            Text.compared += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    files = {f"{number}.sh": b"" for number in range(100)}
    assert read_programs({"programs": [*map(Text, range(1000)), "7.sh", {}]}, files) == ["7.sh"]
    assert Text.compared < 1000


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
