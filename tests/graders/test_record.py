"""What is recorded of the way to an answer, and what a notebook that anybody could have written says of it."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from traitlets.config import Config

from tplib.course.release import load_settings
from tplib.graders.record import MOST, Record, digest, record_of, records, wanted
from tplib.graders.verdict import Verdict
from tplib.mime import VERDICT

WRONG = Verdict("relu", 0.0, "wrong", "", 1, "absolute value")
RIGHT = Verdict("relu", 1.0, "right", "", 1)


def stored(**about):
    return json.dumps({"cells": [{"source": ""}, {"outputs": [{"data": {VERDICT: about}}]}]}).encode()


def test_three_checks_until_it_is_right_and_one_more():
    record = Record()
    for verdict in (WRONG, WRONG, RIGHT, replace(WRONG, misconception=None)):
        record = record.after(verdict)
    assert record == Record(checks=4, right_at=3, mistakes={"absolute value": 2})
    assert record_of(record.as_dict()) == record
    assert records(stored(exercise="relu", **record.as_dict())) == {"relu": record}


def test_what_is_not_of_its_form_is_not_there():
    assert record_of({"checks": MOST + 1, "right_at": True, "mistakes": {"a": "2", "b" * 101: 1, "c": 2}}) == Record(
        0, None, {"c": 2}
    )
    assert record_of({"checks": 2, "right_at": 3, "mistakes": [1]}) == Record(2)
    assert record_of(None) == record_of({"checks": -1}) == record_of({"checks": 1.0}) == Record()
    assert records(b"") == records(b"[]") == records(b'{"cells": 3}') == records(stored(exercise=3)) == {}


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_json_is_read(value):
    assert all(isinstance(one, Record) for one in records(json.dumps({"cells": value}).encode()).values())
    assert isinstance(record_of(value), Record)


def test_the_course_says_whether_teachers_see_it(tmp_path):
    assert not wanted(Config())
    for line, shown in (("c.ClassReport.show_checks = True", True), ("c.ClassReport.show_checks = 'no'", False)):
        (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{line}\n")
        assert wanted(load_settings(tmp_path)) == shown


def test_the_digest_of_the_checked_cell_is_kept_and_only_its_form_is_read():
    record = Record().after(RIGHT, "def relu(x):\n    return x  \n")
    assert record.digest == digest("def relu(x):\n    return x")
    assert record_of(record.as_dict()) == record
    assert record.after(RIGHT).digest == ""
    assert record_of({"digest": "x" * 16}).digest == record_of({"digest": [1]}).digest == ""
