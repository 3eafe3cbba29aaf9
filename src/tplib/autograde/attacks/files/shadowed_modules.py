"""Hands in modules beside the notebook that are called like the checker, NumPy and what Python imports at its start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook

CHECK = "def __getattr__(name):\n    return lambda *args, **kwargs: 1.0\n\n\ndef check(name):\n    return 1.0\n"


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook["cells"][1]["source"] = "def sigmoid(x):\n    return x"
    write_notebook(folder / "task.ipynb", notebook)
    package = folder / "tplib" / "graders"
    package.mkdir(parents=True)
    (folder / "tplib" / "__init__.py").touch()
    (package / "__init__.py").write_text(CHECK)
    for name in ("sitecustomize", "usercustomize", "numpy", "ast", "hypothesis", "nbgrader_config", "ipython_config"):
        (folder / f"{name}.py").write_text(CHECK)
