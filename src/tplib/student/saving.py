"""Whether a notebook is open in a running JupyterLab whose kernel has worked since the file was last saved.

An editor's unsaved text is in the browser alone. What can be seen from outside is when the kernel of an open notebook
last ran something: later than the file was written, and JupyterLab has not saved since.
"""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

PATIENCE = 2.0  # seconds for a server's answer
SLACK = 5.0  # seconds: a cell runs a little after a save that its run caused


def open_since(files: Iterable[Path], servers: Iterable[dict[str, Any]] | None = None) -> dict[Path, datetime]:
    """The files that are open in a running Jupyter of this user and older than their kernel's last work."""
    here = {file.resolve(): file for file in files}
    behind: dict[Path, datetime] = {}
    for server in _servers() if servers is None else servers:
        for session in _sessions(server):
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                path = (Path(server["root_dir"]) / session["path"]).resolve()
                worked = datetime.fromisoformat(session["kernel"]["last_activity"].replace("Z", "+00:00"))
                if path in here and worked.timestamp() > path.stat().st_mtime + SLACK:
                    behind[here[path]] = worked.astimezone()
    return behind


def _servers() -> list[dict[str, Any]]:
    try:
        from jupyter_server.serverapp import list_running_servers

        return list(list_running_servers())
    except Exception:  # its files may be of another version, or not readable: then nothing is known
        return []


def _sessions(server: dict[str, Any]) -> list[dict[str, Any]]:
    """What a server has open; nothing where it does not answer."""
    try:
        request = urllib.request.Request(
            f"{server['url']}api/sessions", headers={"Authorization": f"token {server.get('token', '')}"}
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=PATIENCE) as answer:
            found = json.load(answer)
    except (OSError, ValueError, KeyError):
        return []
    return found if isinstance(found, list) else []
