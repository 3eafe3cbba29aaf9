"""The child forkserver: a process that forks limited children for its parent, and does nothing else.

After a fork, both sides copy each page of memory that they write to. A worker that forks its own children writes to
thousands between two of them. This process was forked once, and stands still while its parent works.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket

from tplib.autograde.limited import Work, be_the_child
from tplib.autograde.processes import end_with_parent

PACKET = 32


class ChildForkserver:
    """Forks children of this process as it is now, which do `work`: one at a time. Ends with this process."""

    def __init__(self, work: Work) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.control.close()
                serve(theirs, work)
            finally:
                os._exit(1)
        theirs.close()

    def fork(self, asked: int, answering: int) -> int:
        socket.send_fds(self.control, [b"fork"], [asked, answering])
        number = self._number()
        if number <= 0:
            raise OSError(-number, "no child can be started")
        return number

    def exit_code(self) -> int:
        with contextlib.suppress(OSError):
            return self._number()
        return -signal.SIGKILL  # the server has ended, and so has its child

    def _number(self) -> int:
        packet = self.control.recv(PACKET)
        if not packet:
            raise ConnectionError("the process that starts children has ended")
        return int(packet)

    def close(self) -> None:
        self.control.close()
        os.waitpid(self.pid, 0)


def serve(control: socket.socket, work: Work) -> None:
    """For each packet fork a child with the two ends that come; say its pid, or minus the error, then its exit code."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for others to handle
    end_with_parent(signal.SIGKILL)
    gc.freeze()
    while True:
        packet, ends, _, _ = socket.recv_fds(control, PACKET, 2)
        if not packet:
            os._exit(0)
        try:
            pid = os.fork()
        except OSError as error:
            pid = -(error.errno or 1)
        if pid == 0:
            try:
                control.close()
                be_the_child(work, socket.socket(fileno=ends[0]), ends[1])
            finally:
                os._exit(1)
        for end in ends:
            os.close(end)
        control.send(b"%d" % pid)
        if pid > 0:
            control.send(b"%d" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
