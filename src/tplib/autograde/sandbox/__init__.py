"""The sandbox of the grading engine: Linux namespaces and a system call filter, without root, container or daemon.

A zygote calls `enter`, imports what notebooks import, and for each notebook calls `fork`; the child calls `confine`
before any student's code runs in it.
"""

from tplib.autograde.sandbox.libc import SandboxError
from tplib.autograde.sandbox.limits import Limits, confine
from tplib.autograde.sandbox.namespaces import enter, fork
from tplib.autograde.sandbox.view import View, default_view

__all__ = ["Limits", "SandboxError", "View", "confine", "default_view", "enter", "fork"]
