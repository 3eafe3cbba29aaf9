"""Outputs of cells as they come from a candidate: kept if they have nbformat's shape, dropped if not."""

from __future__ import annotations

import itertools
import json
from typing import Any

from tplib.autograde.messages.execution import RICH_CAP, STREAM_CAP, STREAM_CUT, Output
from tplib.autograde.texts import fit_for_files, json_fit_for_files
from tplib.mime import VERDICT

DEPTH = 40  # of JSON inside an output
LINES = 200  # of a traceback
NO_PICTURE = 'src="data:image/png;base64,"'
TEXT_CAP = STREAM_CAP + len(STREAM_CUT)  # what a candidate lets one cell print


def clean_outputs(outputs: Any, count: int | None) -> tuple[list[Output], int]:
    """Those of one cell's outputs that have nbformat's shape, and the bytes that they take."""
    kept, size = [], 0
    for output in outputs if isinstance(outputs, list) else []:
        clean = _clean(output, count)
        if clean is not None:
            kept.append(clean)
            size += len(json.dumps(clean))
    return kept, size


def pictures(outputs: list[Output]) -> list[str]:
    """The PNG pictures among the outputs of a cell, base64."""
    shown = (output.get("data", {}).get("image/png") for output in clean_outputs(outputs, None)[0])
    return [picture for picture in shown if picture]


def put_back_pictures(outputs: list[Output], handed_in: list[str]) -> None:
    """Put the pictures that were handed in where none was drawn. Where too few were, only descriptions are left."""
    empty = [data for output in outputs if (data := output.get("data", {})).get("image/png") == ""]
    for data, picture in itertools.zip_longest(empty, handed_in[: len(empty)]):
        if picture is None:
            del data["image/png"]
        else:
            data["image/png"] = picture
            if isinstance(twin := data.get("text/html"), str):  # an explorer's, for JupyterLab
                data["text/html"] = twin.replace(NO_PICTURE, f'{NO_PICTURE[:-1]}{picture.strip()}"')


def _clean(output: Any, count: int | None) -> Output | None:
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
        return {"output_type": kind, "name": output["name"], "text": _text(output.get("text"), TEXT_CAP)}
    if kind == "error":
        lines = output.get("traceback")
        return {
            "output_type": kind,
            "ename": _text(output.get("ename"), 500),
            "evalue": _text(output.get("evalue"), TEXT_CAP),
            "traceback": [_text(line, TEXT_CAP) for line in (lines if isinstance(lines, list) else [])[:LINES]],
        }
    if kind in ("display_data", "execute_result"):
        data, metadata = output.get("data"), output.get("metadata")
        clean = {
            "output_type": kind,
            "data": _bundle(data if isinstance(data, dict) else {}),
            "metadata": json_fit_for_files(metadata) if isinstance(metadata, dict) and _shallow(metadata) else {},
        }
        return clean | ({"execution_count": count} if kind == "execute_result" else {})
    return None


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for mime, value in data.items():
        if mime == VERDICT:  # only the examiner says what an answer is worth
            continue
        is_json = mime == "application/json" or mime.endswith("+json")
        if is_json and _shallow(value) and len(json.dumps(value)) < RICH_CAP:
            kept[fit_for_files(mime)] = json_fit_for_files(value)
        elif not is_json:
            kept[fit_for_files(mime)] = _text(value, RICH_CAP)
    return kept


def _text(value: Any, most: int) -> str:
    return fit_for_files(value[:most]) if isinstance(value, str) else ""


def _shallow(value: Any) -> bool:
    """Whether JSON is nested so little that all programs which read it later can stand it."""
    layer, depth = [value], 0
    while layer:
        depth += 1
        if depth > DEPTH:
            return False
        inside: list[Any] = []
        for item in layer:
            inside += item.values() if isinstance(item, dict) else item if isinstance(item, list) else []
        layer = inside
    return True
