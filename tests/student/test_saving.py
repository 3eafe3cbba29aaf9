"""A notebook that is open in a running Jupyter and older than its kernel's last work."""

import json
import os
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tplib.student.saving import open_since


@pytest.fixture
def server(tmp_path):
    """A server that says what Jupyter's `api/sessions` says; gives its record and the list of its sessions."""
    sessions: list[dict] = []

    class Jupyter(BaseHTTPRequestHandler):
        def do_GET(self):
            allowed = self.headers["Authorization"] == "token secret" and self.path == "/base/api/sessions"
            self.send_response(200 if allowed else 403)
            self.end_headers()
            self.wfile.write(json.dumps(sessions if allowed else {"message": "no"}).encode())

        def log_message(self, *words):
            pass

    http = HTTPServer(("127.0.0.1", 0), Jupyter)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    record = {"url": f"http://127.0.0.1:{http.server_port}/base/", "token": "secret", "root_dir": str(tmp_path)}
    yield record, sessions
    http.shutdown()
    thread.join()
    http.server_close()


def session(path, when):
    return {"path": path, "kernel": {"last_activity": when.isoformat().replace("+00:00", "Z")}}


def test_only_what_ran_after_its_last_save(server, tmp_path):
    record, sessions = server
    saved = datetime(2026, 1, 10, 12, tzinfo=UTC)
    (tmp_path / "été").mkdir()
    files = [tmp_path / "été" / name for name in ("behind.ipynb", "saved.ipynb", "closed.ipynb")]
    for file in files:
        file.touch()
        os.utime(file, (saved.timestamp(),) * 2)
    sessions += [
        session("été/behind.ipynb", saved + timedelta(minutes=2)),
        session("été/saved.ipynb", saved + timedelta(seconds=1)),
        session("elsewhere.ipynb", saved + timedelta(hours=1)),
        {"path": "a console"},
    ]
    found = open_since(files, [record])
    assert found == {files[0]: saved + timedelta(minutes=2)}


def test_a_server_that_refuses_or_is_gone_tells_nothing(server, tmp_path):
    record, _ = server
    file = tmp_path / "a.ipynb"
    file.touch()
    assert open_since([file], [{**record, "token": "another"}, {**record, "url": "http://127.0.0.1:9/"}]) == {}


def test_submit_says_which_may_not_be_saved(work, tp, monkeypatch):
    path = work / "1_forward.ipynb"
    monkeypatch.setattr(
        "tplib.student.handing_in.open_since",
        lambda files: {path.relative_to(path.parents[2]): datetime(2026, 1, 10, 12, 5)},
    )
    result = tp("submit", "TP6")
    assert result.exit_code == 1
    assert "1_forward.ipynb may not be saved: its kernel worked until 12:05:00" in " ".join(result.output.split())
