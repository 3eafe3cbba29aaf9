"""Replaces the records of its outputs by ones of no known form: other cells', wrong types, full marks, a million."""

import contextlib

with contextlib.suppress(ImportError):
    from tplib.autograde.candidate.runner import Runner

    right = {"output_type": "execute_result", "data": {"text/plain": "1.0"}, "metadata": {}, "execution_count": "4"}
    outputs = [
        right,
        {**right, "data": {"text/plain": ["1", 2], "a/b": None, "application/json": {"a": float("nan")}, 3: 4}},
        {**right, "data": [], "metadata": 7, "execution_count": {"a": 1}},
        {"output_type": "stream", "name": ["stdout"], "text": {"a": 1}},
        {"output_type": "stream", "name": "other", "text": "\ud800" * 10},
        {"output_type": "error", "ename": 1, "evalue": None, "traceback": "text"},
        {"output_type": "update_display_data"},
        {"output_type": ["stream"]},
        None,
        7,
        [],
    ]
    records = [{"cell": cell, "outputs": outputs * 50, "timed_out": "no", "cut": 3} for cell in (0, 1)]
    Runner.run = lambda self, index, source, count: records[: index + 2]


def sigmoid(x):
    return x
