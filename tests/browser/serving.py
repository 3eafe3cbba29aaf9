"""A Jupyter server on a free loopback port, for the tests of pages: JupyterLab, or nbgrader's form grader."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

RELEASE = Path(__file__).parents[2] / "release"
PATIENCE = 60.0  # seconds for a server's first answer
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none", "autoStartDefaultKernel": True},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@contextlib.contextmanager
def serve_form_grader(course: Path) -> Iterator[str]:
    """URL of a page of the form grader of `course`.

    It leads through the log-in page: the cookie that a form grader's page sets for a token counts for that page alone,
    and nothing could be saved.
    """
    with serve("jupyter_server", course, course.parent / "jupyter") as (base, token):
        yield f"{base}/login?token={token}&next=/formgrader/{{}}"


@contextlib.contextmanager
def serve_release(folder: Path) -> Iterator[str]:
    """URL (with token) of a page of a JupyterLab that serves a copy of release/ in `folder`."""
    shutil.copytree(RELEASE, folder / "work")
    with serve("jupyterlab", folder / "work", folder, "--expose-app-in-browser") as (base, token):
        yield f"{base}/lab/tree/{{}}?token={token}"


@contextlib.contextmanager
def serve(module: str, served: Path, private: Path, *options: str) -> Iterator[tuple[str, str]]:
    """Start a server for the folder `served`; gives its address and token. Its own files lie in `private`."""
    for name, values in SETTINGS.items():
        file = private / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base, token = f"http://127.0.0.1:{port}", secrets.token_hex(16)
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(private / "settings"),
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
        "JUPYTER_CONFIG_DIR": str(private / "config"),
        "JUPYTER_DATA_DIR": str(private / "data"),
        "IPYTHONDIR": str(private / "ipython"),
        "JUPYTER_TOKEN": token,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
    }
    command = [sys.executable, "-m", module, "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", f"--ServerApp.root_dir={served}", *options]
    log = private / "server.log"
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=served, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(f"{base}/api?token={token}"):
            if server.poll() is not None or time.monotonic() > until:
                pytest.fail(log.read_text()[-2000:])
            time.sleep(0.2)
        yield base, token
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:  # a busy machine: what is tested has been seen by now
            server.kill()
            server.wait()


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=1).close()
    except OSError:
        return False
    return True
