"""Hands in a notebook of a million cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CELL = '{"cell_type":"raw","metadata":{},"source":""}'


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    text = json.dumps({**notebook, "cells": ["here"]})
    (folder / "task.ipynb").write_text(text.replace('"here"', ",".join([CELL] * 1_000_000)))
