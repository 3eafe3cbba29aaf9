"""What a notebook finds of a kernel although there is none: `get_ipython().kernel`, and the widgets' messages to it."""

from __future__ import annotations

import contextlib
from typing import Any

import comm
from comm.base_comm import BaseComm, CommManager

from tplib.autograde.candidate.recorder import Outputs, Recorder


class NotebookKernel:
    """The parts of ipykernel's kernel that notebooks and widgets ask for."""

    implementation = "ipython"
    eventloop = None  # of a GUI toolkit

    def __init__(self, shell: Any) -> None:
        self.shell = shell

    @property
    def user_ns(self) -> dict[str, Any]:
        names: dict[str, Any] = self.shell.user_ns
        return names

    @property
    def comm_manager(self) -> CommManager:
        return comm.get_comm_manager()

    def get_parent(self, channel: str | None = None) -> dict[str, Any]:
        """The request to run the present cell. An `Output` widget takes its name, to get what the cell shows."""
        parent: dict[str, Any] = self.shell.parent_header
        return parent

    def begin(self, cell: int) -> None:
        header = {"msg_id": f"cell-{cell}", "msg_type": "execute_request"}
        self.shell.parent_header = {"header": header, "content": {}}

    def do_shutdown(self, restart: bool) -> dict[str, Any]:
        """Go on: the cells after this one are graded too."""
        return {"status": "ok", "restart": restart}


class WidgetComm(BaseComm):
    """A widget's line to the browser. An `Output` widget says on it that it takes the outputs from now on, or no more.

    As in a browser, the widget is told after the cell what it shows.
    """

    recorder: Recorder
    kernel: NotebookKernel
    takers: list[WidgetComm]  # the comms of all `Output` widgets

    def publish_msg(
        self,
        msg_type: str,
        data: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        state = (data or {}).get("state") or {}
        if msg_type == "comm_open" and state.get("_model_name") == "OutputModel":
            self.outputs, self.told = Outputs(), 0
            self.takers.append(self)
        if self not in self.takers:
            return
        if state.get("outputs"):  # the widget's owner put them there
            self.outputs.kept = list(state["outputs"])
            self.told = self.outputs.changes
        if state.get("msg_id") == self.kernel.get_parent().get("header", {}).get("msg_id"):
            self.recorder.redirect(self.outputs)
        elif "msg_id" in state:
            self.recorder.redirect_no_more(self.outputs)

    def tell(self) -> None:
        """Tell the widget what it shows."""
        if self.told != self.outputs.changes:
            self.told = self.outputs.changes
            update = {"method": "update", "state": {"outputs": list(self.outputs.kept)}, "buffer_paths": []}
            with contextlib.suppress(Exception):
                self.handle_msg({"content": {"comm_id": self.comm_id, "data": update}, "buffers": []})


def install_comms(recorder: Recorder, kernel: NotebookKernel) -> list[WidgetComm]:
    """Have widgets made from now on talk over a `WidgetComm`. Returns the list of those of `Output` widgets."""
    takers: list[WidgetComm] = []
    shared = {"recorder": recorder, "kernel": kernel, "takers": takers}
    comm.create_comm = type(WidgetComm.__name__, (WidgetComm,), shared)
    return takers
