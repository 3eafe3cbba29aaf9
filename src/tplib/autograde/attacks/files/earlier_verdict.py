"""Hands in a graded copy of its own, with notes and verdicts as the engine writes them, and a time long ago."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import answered, write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook = answered("def sigmoid(x):\n    return x")
    verdict = {"exercise": "sigmoid", "status": "right", "score": 1.0, "points": 1.0, "max_points": 1.0, "message": ""}
    data = {"text/plain": "1.0", "application/vnd.tplib.verdict+json": verdict}
    for found in notebook["cells"]:
        found["outputs"] = [
            {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1},
        ]
        found["metadata"]["tplib"] = {"note": True, "verdict": verdict}
    notebook["metadata"]["tplib"] = {"problems": [], "verdicts": {"check-answer": verdict}, "sandboxed": True}
    write_notebook(folder / "task.ipynb", notebook)
    (folder / "timestamp.txt").write_text("1970-01-01 00:00:00 UTC")
