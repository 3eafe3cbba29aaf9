"""nbgrader's form grader, served for the tests of its pages."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def serve_form_grader(course: Path) -> Iterator[str]:
    """URL of a page of the form grader of `course` on a free loopback port.

    It leads through the log-in page: the cookie that a form grader's page sets for a token counts for that page alone,
    and nothing could be saved.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    private = course.parent / "jupyter"
    environment = {
        **os.environ,
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
        "JUPYTER_CONFIG_DIR": str(private / "config"),
        "JUPYTER_DATA_DIR": str(private / "data"),
        "JUPYTER_TOKEN": token,
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
    }
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--ServerApp.port_retries=0"]
    log = course.parent / "server.log"
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=course, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={token}", timeout=1).close()
                break
            except OSError:
                if server.poll() is not None:
                    pytest.fail(log.read_text()[-2000:])
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/login?token={token}&next=/formgrader/{{}}"
    finally:
        server.terminate()
        server.wait(20)
