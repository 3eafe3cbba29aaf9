"""The grading engine, and `enable`, which puts it into nbgrader."""

from typing import Any


def enable(c: Any) -> None:
    """Make `nbgrader autograde` and the form grader's button use the engine, its pages safe to open, and answers
    quick to mark by hand in it.

    `c` is nbgrader's configuration object. In nbgrader_config.py, after the course's own settings:
    `from tplib.autograde import enable`, then `enable(c)`.
    """
    from tplib.autograde import marking
    from tplib.autograde.bridge import pages
    from tplib.autograde.commands import autograde_hook

    autograde_hook.configure(c)
    pages.configure(c)
    marking.configure()
