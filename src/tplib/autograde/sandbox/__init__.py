"""The sandbox of the grading engine: Linux namespaces and a system call filter, without root, container or daemon.

A forkserver calls `enter`, imports what notebooks import, and for each notebook calls `fork`; the child calls `confine`
before any student's code runs in it, and the forkserver's `MemoryWatch` looks at what it uses.
"""

from tplib.autograde.sandbox.capabilities import Offer, offers, problem
from tplib.autograde.sandbox.libc import SandboxError
from tplib.autograde.sandbox.limits import Limits, confine
from tplib.autograde.sandbox.mounts import WORKING_FOLDER
from tplib.autograde.sandbox.namespaces import enter, fork
from tplib.autograde.sandbox.view import View, default_view
from tplib.autograde.sandbox.watch import MemoryWatch, Usage

__all__ = [
    "WORKING_FOLDER",
    "Limits",
    "MemoryWatch",
    "Offer",
    "SandboxError",
    "Usage",
    "View",
    "confine",
    "default_view",
    "enter",
    "fork",
    "offers",
    "problem",
]
