"""The sandbox of the grading engine: Linux namespaces and a system call filter, without root, container or daemon.

A forkserver calls `enter`, imports what notebooks import, and calls `fork` for each notebook. The child calls `confine`
before it runs any student's code. A `WatchProcess` beside the forkserver measures what the children use.
"""

from tplib.autograde.sandbox.capabilities import Offer, offers, problem
from tplib.autograde.sandbox.libc import SandboxError
from tplib.autograde.sandbox.limits import Limits, confine
from tplib.autograde.sandbox.mounts import WORKING_FOLDER
from tplib.autograde.sandbox.namespaces import enter, fork
from tplib.autograde.sandbox.view import View, default_view
from tplib.autograde.sandbox.watch import MemoryWatch, Usage
from tplib.autograde.sandbox.watch_process import WatchProcess

__all__ = [
    "WORKING_FOLDER",
    "Limits",
    "MemoryWatch",
    "Offer",
    "SandboxError",
    "Usage",
    "View",
    "WatchProcess",
    "confine",
    "default_view",
    "enter",
    "fork",
    "offers",
    "problem",
]
