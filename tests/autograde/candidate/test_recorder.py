"""What a cell shows is recorded up to a cap for each cell, in nbformat's shape."""

from __future__ import annotations

import json
import sys

import pytest

from tplib.autograde.candidate.recorder import CellTimeoutError, OutStream, Recorder
from tplib.autograde.examiner.untrusted_outputs import clean_outputs
from tplib.autograde.messages.execution import RICH_CAP, STREAM_CAP, STREAM_CUT


@pytest.fixture
def recorder() -> Recorder:
    recorder = Recorder()
    recorder.begin(0)
    return recorder


def size(recorder: Recorder) -> int:
    return sum(len(json.dumps(output["data"])) for output in recorder.outputs[recorder.cell] if "data" in output)


def test_streams_are_joined_and_cut_at_the_cap_of_all_together(recorder):
    out, error = OutStream(recorder, "stdout", 1), OutStream(recorder, "stderr", 2)
    for _ in range(3):
        assert out.write("x" * (STREAM_CAP // 4)) == STREAM_CAP // 4
    error.write("e" * (STREAM_CAP // 2))
    out.write("never")
    first, second = recorder.outputs[0]
    assert (first["name"], len(first["text"])) == ("stdout", 3 * (STREAM_CAP // 4))
    assert (second["name"], second["text"]) == ("stderr", "e" * (STREAM_CAP // 4) + STREAM_CUT)
    assert recorder.cut


def test_the_examiner_cuts_nothing_of_what_the_recorder_let_through(recorder):
    recorder.stream("stdout", "x" * (2 * STREAM_CAP))
    recorder.rich("display_data", {"image/png": "x" * (RICH_CAP - 1000), "text/plain": "Figure"}, None)
    recorder.error("ValueError", "y" * (2 * STREAM_CAP), ["z" * (2 * STREAM_CAP)] * 300)
    assert clean_outputs(recorder.outputs[0], None)[0] == recorder.outputs[0]


def test_a_cap_begins_anew_with_each_cell(recorder):
    recorder.stream("stdout", "x" * (2 * STREAM_CAP))
    assert recorder.cut
    recorder.begin(1)
    recorder.stream("stdout", "y" * STREAM_CAP)
    assert recorder.outputs[1] == [{"output_type": "stream", "name": "stdout", "text": "y" * STREAM_CAP}]


def test_figures_beyond_the_cap_are_left_out_and_their_description_is_kept(recorder):
    for _ in range(6):
        recorder.rich("display_data", {"image/png": "x" * (RICH_CAP // 4), "text/plain": "Figure"}, None)
    kept = ["image/png" in output["data"] for output in recorder.outputs[0]]
    assert kept == [True] * 3 + [False] * 3
    assert all(output["data"]["text/plain"].startswith("Figure") for output in recorder.outputs[0])
    assert recorder.cut
    assert size(recorder) < RICH_CAP


def test_many_small_displays_count_too(recorder):
    for _ in range(100_000):
        recorder.rich("display_data", {"text/plain": "x" * 1000, "text/html": "y"}, None)
    assert recorder.cut
    assert not any("text/html" in output["data"] for output in recorder.outputs[0][-1000:])


def test_updates_of_a_display_count_and_name_the_cell_that_showed_it(recorder):
    recorder.rich("display_data", {"text/plain": "one"}, None, display_id="d")
    recorder.begin(1)
    recorder.update("d", {"text/plain": "two", "image/png": "x" * (RICH_CAP + 1)}, None)
    recorder.update("unknown", {"text/plain": "three"}, None)
    assert recorder.outputs[0][0]["data"] == {"text/plain": "two"}
    assert recorder.changed == {0, 1}
    assert recorder.cut


def test_texts_and_bytes_are_fit_for_files(recorder):
    recorder.stream("stdout", "a\ud800b")
    recorder.rich("display_data", {"image/png": b"\x89PNG", "application/json": {"k": "\udc80"}}, {"w": 1})
    recorder.error("Odd\ud800", "\ud800", ["\ud800"])
    for output in recorder.outputs[0]:
        json.dumps(output, ensure_ascii=False).encode()
    assert recorder.outputs[0][1]["data"]["image/png"] == "iVBORw=="


def test_a_late_cell_is_said_once(recorder):
    for _ in range(3):
        recorder.error(CellTimeoutError.__name__, "late", ["late"])
    assert recorder.timed_out
    assert len(recorder.outputs[0]) == 1


def test_what_is_cleared_is_gone_at_once_or_with_the_next_output(recorder):
    recorder.stream("stdout", "gone")
    recorder.clear(wait=True)
    assert len(recorder.outputs[0]) == 1
    recorder.stream("stdout", "kept")
    assert [output["text"] for output in recorder.outputs[0]] == ["kept"]
    recorder.clear(wait=False)
    assert recorder.outputs[0] == []


def test_only_text_is_written(recorder):
    with pytest.raises(TypeError, match="must be str"):
        OutStream(recorder, "stdout", sys.__stdout__.fileno() if sys.__stdout__ else 1).write(b"bytes")
