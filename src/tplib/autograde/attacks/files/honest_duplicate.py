"""Right, with a cell copied by accident: the check is there twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import RIGHT, answered, write_notebook

HONEST = True


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook = answered(RIGHT)
    notebook["cells"].append(json.loads(json.dumps(notebook["cells"][2])))
    write_notebook(folder / "task.ipynb", notebook)
