"""Hands in JSON that parsers disagree on: numbers without end, keys twice, lone surrogates, wrong types, NaN."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    cells = notebook["cells"]
    cells += [None, 7, [], {"cell_type": ["code"]}, {"cell_type": "code", "source": {"a": 1}, "metadata": []}]
    cells += [{"cell_type": "code", "source": ["\ud800", 3, None], "metadata": {"nbgrader": {"grade_id": {}}}}]
    cells += [{"cell_type": "code", "source": "1", "metadata": {"nbgrader": {"grade_id": 7, "points": "NaN"}}}]
    notebook["metadata"]["kernelspec"] = {"name": ["python3"], "language": 3}
    notebook["metadata"]["nan"] = float("nan")
    text = json.dumps(notebook)
    text = text.replace('"nbformat_minor": 5', f'"nbformat_minor": {"9" * 4000}, "cells": [], "cells": ')
    text = text.replace('"cells": }', f'"cells": {json.dumps(cells)}}}')
    (folder / "task.ipynb").write_text(text)
