"""A candidate for notebooks of another environment or language: it starts their kernel inside the sandbox.

The two talk over Unix sockets in the candidate's own /tmp, for there is no network.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import string
import subprocess
import time
from pathlib import Path
from typing import Any, cast

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from tplib.autograde.candidate.candidate import Candidate
from tplib.autograde.candidate.endless_calls import EndlessCalls
from tplib.autograde.candidate.recorder import CellTimeoutError, Recorder
from tplib.autograde.messages.protocol import Blobs, Channel, Decoder, Message

START = 45  # seconds; the examiner waits for a minute


class KernelCandidate(Candidate):
    """Runs cells. It observes no answers, since they live in the kernel."""

    def __init__(self, channel: Channel, runner: KernelRunner, folder: Path) -> None:
        super().__init__(channel, cast(Any, runner), folder)
        self.kernel = runner

    def do_prepare(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        """Say whether the kernel is there. Nothing of the submission is here yet: a failure is the machine's."""
        if self.kernel.failure is not None:
            return {"failed": self.kernel.failure}
        return super().do_prepare(message, decoder, blobs) | {"set_aside": []}  # the kernel imports for itself

    def do_language(self, message: Message, decoder: Decoder, blobs: Blobs) -> Message:
        return {"language_info": self.kernel.language_info}


class KernelRunner:
    """Runs cells in a kernel, which is described as `kernelspecs.describe` does it. Returns what Runner returns."""

    def __init__(self, kernel: dict[str, Any], folder: Path, temporary: Path, captured: dict[str, int]) -> None:
        self.limit: float | None = None
        self.calls, self.waits = EndlessCalls(), None  # nothing is known of calls in another process
        self.kernel, self.recorder, self.captured = kernel, Recorder(), captured
        self.language_info: dict[str, Any] = {}
        self.failure: str | None = None
        connection, _ = write_connection_file(
            str(temporary / "kernel.json"), ip=str(temporary / "kernel"), transport="ipc", kernel_name=kernel["name"]
        )
        environment = {key: string.Template(value).safe_substitute(os.environ) for key, value in kernel["env"].items()}
        try:
            self.process = subprocess.Popen(
                [part.replace("{connection_file}", connection) for part in kernel["argv"]],
                cwd=folder,
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
            )
        except OSError as error:
            self.failure = f"the kernel {kernel['name']} did not start in the sandbox: {error}"
            return
        self.client = BlockingKernelClient(connection_file=connection)
        self.client.load_connection_file()
        self.client.start_channels(stdin=False)
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        """Wait for an answer, and for the channel of the outputs to be connected too."""
        until = time.monotonic() + START
        self.client.kernel_info()
        answered = False
        while self.process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(queue.Empty):
                if not answered:
                    self.language_info = self.client.get_shell_msg(timeout=0.5)["content"].get("language_info", {})
                    answered = True
                self.client.get_iopub_msg(timeout=0.5)
                return
            if answered:
                self.client.kernel_info()
        said = os.pread(self.captured["stderr"], 1 << 16, 0).decode("utf-8", "replace").strip().splitlines()
        reason = said[-1] if said else f"it did not answer within {START} s"
        self.failure = f"the kernel {self.kernel['name']} did not start in the sandbox: {reason}"

    def run(self, index: int, source: str, count: int, draw: bool = True) -> list[dict[str, Any]]:
        """Run cell `index` and return a record for each cell whose outputs changed. Figures are always drawn."""
        self.recorder.begin(index)
        self._execute(source)
        records: list[dict[str, Any]] = []
        for cell in sorted(self.recorder.changed):
            record: dict[str, Any] = {"cell": cell, "outputs": self.recorder.outputs[cell]}
            if cell == index:
                record.update(timed_out=self.recorder.timed_out, cut=self.recorder.cut)
            records.append(record)
        return records

    def _execute(self, source: str) -> None:
        asked = self.client.execute(source, store_history=True, allow_stdin=False, stop_on_error=False)
        interrupt_at = None if self.limit is None else time.monotonic() + self.limit
        late = False
        while True:
            if interrupt_at is not None and time.monotonic() >= interrupt_at:
                late, interrupt_at = True, time.monotonic() + 0.5  # again: the first may have been caught
                self._interrupt()
            try:
                message = self.client.get_iopub_msg(timeout=0.1)
            except queue.Empty:
                self._die_with_the_kernel()
                continue
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
            self._record(message["msg_type"], message["content"])
        if late:
            text = f"the cell did not finish within {self.limit:g} s"
            self.recorder.error(CellTimeoutError.__name__, text, [f"CellTimeoutError: {text}"])
        self._require_error(asked)

    def _interrupt(self) -> None:
        if self.kernel["interrupt_mode"] == "message":
            self.client.control_channel.send(self.client.session.msg("interrupt_request", content={}))
        else:
            self.process.send_signal(signal.SIGINT)

    def _die_with_the_kernel(self) -> None:
        """End the candidate as the kernel ended, if it has: the examiner knows what to do then."""
        code = self.process.poll()
        if code is None:
            return
        if code < 0:
            signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        os._exit(code if code > 0 else 1)

    def _record(self, kind: str, content: dict[str, Any]) -> None:
        display_id = content.get("transient", {}).get("display_id")
        if kind == "stream":
            self.recorder.stream("stderr" if content["name"] == "stderr" else "stdout", content["text"])
        elif kind == "execute_result":
            count = content.get("execution_count")
            self.recorder.rich(kind, content["data"], content.get("metadata"), execution_count=count)
        elif kind == "display_data":
            self.recorder.rich(kind, content["data"], content.get("metadata"), display_id=display_id)
        elif kind == "update_display_data":
            self.recorder.update(display_id, content["data"], content.get("metadata"))
        elif kind == "error":
            self.recorder.error(content["ename"], content["evalue"], content["traceback"])
        elif kind == "clear_output":
            self.recorder.clear(content["wait"])

    def _require_error(self, asked: str) -> None:
        """Give a cell that failed an error among its outputs, even where the kernel only says so in its reply."""
        with contextlib.suppress(queue.Empty):
            while True:
                reply = self.client.get_shell_msg(timeout=2)
                if reply["parent_header"].get("msg_id") == asked:
                    break
            content = reply["content"]
            outputs = self.recorder.outputs[self.recorder.cell]
            if content["status"] == "error" and not any(output["output_type"] == "error" for output in outputs):
                name, value = str(content.get("ename") or "Error"), str(content.get("evalue") or "")
                self.recorder.error(name, value, list(content.get("traceback") or [f"{name}: {value}"]))
