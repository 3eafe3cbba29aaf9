"""How processes start and end: what is imported late, and that a command's end loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def python(code: str, **named: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], text=True, capture_output=True, timeout=120, **named)  # type: ignore[call-overload]


def test_what_is_imported_when_it_is_used_works_as_ever():
    done = python("""
import sys
from tplib.autograde.processes import leave_out_slow_imports
leave_out_slow_imports()
leave_out_slow_imports()
import nbgrader.api
print("soupsieve.css_parser" in sys.modules, "requests.sessions" in sys.modules)
import requests, bs4
print(bs4.BeautifulSoup("<p class=a>x</p>", "html.parser").select("p.a"), requests.Session.__name__)
from requests.exceptions import HTTPError
print(issubclass(HTTPError, OSError), len([f for f in sys.meta_path if type(f).__name__ == "WhenUsed"]))
""")
    assert (done.stdout.splitlines(), done.stderr) == (["False False", '[<p class="a">x</p>] Session', "True 1"], "")


@pytest.mark.parametrize(("end", "code"), [("pass", 0), ("sys.exit(3)", 3), ("sys.exit()", 0), ("sys.exit('why')", 1)])
def test_a_program_ends_at_once_after_all_that_is_to_be_done_at_the_end(end, code):
    done = python(f"""
import atexit, sys, threading, time
from tplib.autograde.processes import ending_at_once
atexit.register(print, "at the end")
class Slow:
    def __del__(self):
        print("taken apart")
kept = Slow()
sys.kept = kept
with ending_at_once():
    threading.Thread(target=lambda: (time.sleep(0.3), print("a thread's end"))).start()
    print("begun")
    {end}
""")
    assert done.returncode == code
    assert done.stdout.splitlines()[:3] == ["begun", "a thread's end", "at the end"]
    assert "taken apart" not in done.stdout
    assert ("why" in done.stderr) is ("why" in end)


@pytest.mark.parametrize("redirection", ["> /dev/full", ">&- 2>&-", "| true", "> /dev/null"])
def test_where_nothing_can_be_printed_the_exit_code_says_so_and_nothing_hangs(redirection):
    code = "from tplib.autograde.processes import ending_at_once as e\\nwith e():\\n print(1)"
    shell = f"set -o pipefail; {sys.executable} -c $'{code}' {redirection}"
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(["bash", "-c", shell], env=usual, text=True, capture_output=True, timeout=60)
    assert done.returncode in ({120} if "full" in redirection else {0, 120})
    assert "Traceback" not in done.stderr


def test_an_error_still_ends_with_its_traceback():
    done = python("from tplib.autograde.processes import ending_at_once\nwith ending_at_once():\n    1 / 0")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize(("handler", "then"), [("SIG_IGN", "SIG_DFL"), ("SIG_DFL", "SIG_DFL")])
def test_a_program_that_was_made_deaf_hears_of_its_children(handler, then):
    done = python(f"""
import signal
from tplib.autograde.processes import hear_of_children
signal.signal(signal.SIGCHLD, signal.{handler})
hear_of_children()
print(signal.getsignal(signal.SIGCHLD) is signal.{then})
""")
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_a_programs_own_handler_of_its_childrens_ends_stays():
    """A Jupyter server in which something is graded may have one."""
    done = python("""
import signal
from tplib.autograde.processes import hear_of_children
signal.signal(signal.SIGCHLD, print)
hear_of_children()
print(signal.getsignal(signal.SIGCHLD) is print)
""")
    assert (done.stdout, done.stderr) == ("True\n", "")
