"""Errors are shown as IPython shows them, and no part of it is done twice."""

from __future__ import annotations

import json
import subprocess
import sys

CODE = """
import json, sys
from IPython.core.ultratb import VerboseTB
from tplib.autograde.candidate.preload import prepare_errors
from tplib.autograde.candidate.recorder import Recorder
from tplib.autograde.candidate.shell import RecordingShell, make_shell

if sys.argv[1] == "plain":
    del RecordingShell.showtraceback, RecordingShell._format_exception_for_storage
else:
    prepare_errors()
made, form = [], VerboseTB.structured_traceback
VerboseTB.structured_traceback = lambda self, *args, **named: made.append(1) or form(self, *args, **named)
recorder = Recorder()
shell = make_shell(recorder)
cells = [
    "def inner(x):\\n    return x / 0\\n\\ndef outer(x):\\n    return inner(x)",
    "outer(3)",
    "import json\\njson.loads('{')",
    "try:\\n    outer(1)\\nexcept ZeroDivisionError as error:\\n    raise ValueError('again') from error",
    "raise KeyError",
    "1 +",
]
shown = []
for index, cell in enumerate(cells):
    recorder.begin(index)
    shell.run_cell(cell, store_history=True)
    shown.append(recorder.outputs[index])
print(json.dumps([shown, list(shell.history_manager.exceptions.values()), len(made)]))
"""


def errors(kind: str) -> list:
    done = subprocess.run([sys.executable, "-c", CODE, kind], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_an_error_is_shown_and_kept_as_by_ipython_with_one_look_at_it():
    shown, kept, made = errors("ours")
    expected, expected_kept, expected_made = errors("plain")
    assert shown == expected
    assert [error["ename"] for error in kept] == [error["ename"] for error in expected_kept]
    assert [error["traceback"] for error in kept[:-1]] == [outputs[0]["traceback"] for outputs in shown[1:-1]]
    assert (made, expected_made) == (4, 8)
