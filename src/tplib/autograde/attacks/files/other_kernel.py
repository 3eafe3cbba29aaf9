"""Asks for a kernel of its own: a path as its name, a program beside the notebook, another language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "../mine", "display_name": "mine", "language": "bash"}
    notebook["metadata"]["language_info"] = {"name": "bash"}
    notebook["cells"][1]["source"] = "def sigmoid(x):\n    return x"
    write_notebook(folder / "task.ipynb", notebook)
    kernel = {"argv": ["/bin/sh", "-c", "touch /var/tmp/planted-by-attack"], "display_name": "mine", "language": "bash"}
    (folder / "kernel.json").write_text(json.dumps(kernel))
