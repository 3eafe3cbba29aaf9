"""The outputs of cells as nbclient would record them, in nbformat's shape, with a cap for each cell."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

from tplib.autograde.messages.execution import RICH_CAP, STREAM_CAP, STREAM_CUT, Output
from tplib.autograde.texts import fit_for_files, json_fit_for_files


class CellTimeoutError(KeyboardInterrupt):
    """Raised in a cell that is late. It is a KeyboardInterrupt, so that `except Exception` does not catch it."""


class Outputs:
    """The outputs of one cell, or of one `Output` widget."""

    def __init__(self) -> None:
        self.kept: list[Output] = []
        self.clear_on_next = False
        self.changes = 0

    def append(self, output: Output) -> None:
        if self.clear_on_next:
            self.clear(wait=False)
        self.kept.append(output)
        self.changes += 1

    def clear(self, wait: bool) -> None:
        self.clear_on_next = wait
        if not wait:
            self.kept.clear()
            self.changes += 1


class Recorder:
    """The outputs of every cell so far, in nbformat's shape, with a cap for each cell."""

    def __init__(self) -> None:
        self.outputs: dict[int, list[Output]] = {}
        self.cell = -1
        self.changed: set[int] = set()
        self.cut = False
        self._displays: dict[str, list[tuple[int, Output]]] = {}
        self._begin(-1)

    def _begin(self, cell: int) -> None:
        self.cell = cell
        self._own = Outputs()
        self._takers: list[Outputs] = []  # open `Output` widgets: the last gets what is shown
        self.outputs[cell] = self._own.kept
        self._stream_left, self._rich_left = STREAM_CAP, RICH_CAP
        self.timed_out = False

    def begin(self, cell: int) -> None:
        self._begin(cell)
        self.changed = {cell}

    def redirect(self, taker: Outputs) -> None:
        """From now on `taker` gets what this cell shows."""
        self._takers.append(taker)

    def redirect_no_more(self, taker: Outputs | None = None) -> None:
        """`taker` gets no more of it; None: no widget does."""
        self._takers = [other for other in self._takers if taker is not None and other is not taker]

    @property
    def _present(self) -> Outputs:
        return self._takers[-1] if self._takers else self._own

    def stream(self, name: str, text: str) -> None:
        if not text or self._stream_left <= 0:
            return
        text = fit_for_files(text)
        if len(text) > self._stream_left:
            text = text[: self._stream_left] + STREAM_CUT
            self._stream_left, self.cut = 0, True
        else:
            self._stream_left -= len(text)
        present = self._present
        last = present.kept[-1] if present.kept and not present.clear_on_next else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
            present.changes += 1
        else:
            present.append({"output_type": "stream", "name": name, "text": text})

    def _bundle(self, data: dict[str, Any]) -> dict[str, Any]:
        kept = {}
        for mime, value in data.items():
            if isinstance(value, bytes):
                value = base64.b64encode(value).decode("ascii")
            value = fit_for_files(value) if isinstance(value, str) else json_fit_for_files(json.loads(_json(value)))
            size = 200 + len(value if isinstance(value, str) else _json(value))
            if size > self._rich_left:
                self.cut = True
                if mime != "text/plain":
                    continue
                value = value[:1000] + " ... output cut"
            self._rich_left -= min(size, self._rich_left)
            kept[mime] = value
        return kept

    def rich(self, kind: str, data: dict[str, Any], metadata: dict[str, Any] | None, **extra: Any) -> None:
        display_id = extra.pop("display_id", None)
        output = {
            "output_type": kind,
            "data": self._bundle(data),
            "metadata": json.loads(_json(metadata or {})),
            **extra,
        }
        self._present.append(output)
        if display_id is not None:
            self._displays.setdefault(display_id, []).append((self.cell, output))

    def update(self, display_id: str, data: dict[str, Any], metadata: dict[str, Any] | None) -> None:
        for cell, output in self._displays.get(display_id, []):
            output["data"], output["metadata"] = self._bundle(data), json.loads(_json(metadata or {}))
            self.changed.add(cell)

    def error(self, ename: str, evalue: str, traceback: list[str]) -> None:
        if ename == CellTimeoutError.__name__:
            if self.timed_out:
                return  # a further interrupt, while the first was being shown
            self.timed_out = True
            self.redirect_no_more()  # not even a widget hides that
        self._present.append(
            {
                "output_type": "error",
                "ename": fit_for_files(ename),
                "evalue": fit_for_files(evalue)[:STREAM_CAP],
                "traceback": [fit_for_files(line)[:STREAM_CAP] for line in traceback[:200]],
            }
        )

    def clear(self, wait: bool) -> None:
        self._present.clear(wait)


def _json(value: Any) -> str:
    return json.dumps(value, default=lambda item: item.item() if hasattr(item, "item") else str(item))


class OutStream(io.TextIOBase):
    """What `sys.stdout` and `sys.stderr` are while a cell runs."""

    def __init__(self, recorder: Recorder, name: str, fd: int) -> None:
        self._recorder, self.name, self._fd = recorder, name, fd

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "UTF-8"

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._fd

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._recorder.stream(self.name, text)
        return len(text)
