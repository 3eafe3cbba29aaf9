"""Replaces the check cell by full marks: unlocked, retyped, with a forged output, and once more under its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.catalogue import find
from tplib.autograde.attacks.course import CHECK, answered, write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook = answered("def sigmoid(x):\n    return x")
    check = find(notebook, CHECK)
    check["source"] = "1.0"
    check["outputs"] = [
        {"output_type": "execute_result", "data": {"text/plain": "1.0"}, "metadata": {}, "execution_count": 3}
    ]
    check["metadata"]["nbgrader"] |= {"locked": False, "solution": True, "cell_type": "markdown"}
    again = json.loads(json.dumps(check))
    notebook["cells"] = [again, *notebook["cells"], json.loads(json.dumps(check))]
    write_notebook(folder / "task.ipynb", notebook)
