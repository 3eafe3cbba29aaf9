"""A worker that is asked to end does so at once and without a word, whatever it is doing."""

import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys, time
from tplib.autograde.worker.forkserver import prepare_for_the_end

class Ends:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)

prepare_for_the_end()
try:
    {begin}
    time.sleep(30)
finally:
    print("cleaned up")
"""


@pytest.mark.parametrize("begin", ["del [Ends()][0]", "os.kill(os.getpid(), signal.SIGTERM)", "Ends(); Ends()"])
def test_a_worker_ends_and_cleans_up(begin):
    command = [sys.executable, "-c", PROGRAM.replace("{begin}", begin)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "cleaned up\n", "")


def test_another_error_in_a_destructor_is_still_told():
    program = PROGRAM.replace("os.kill(os.getpid(), signal.SIGTERM)\n        time.sleep(0.01)", "raise ValueError(1)")
    command = [sys.executable, "-c", program.replace("{begin}", "Ends(); sys.exit()")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.stdout == "cleaned up\n"
    assert "ValueError: 1" in done.stderr
