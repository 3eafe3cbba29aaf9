"""Marking by hand in nbgrader's form grader: the marking scheme, points in one click, a bank of comments.

The marks and comments themselves stay nbgrader's: its pages save them, into its gradebook.
"""

from typing import Any

from tplib.autograde.bridge.patches import form_grader_routes


def configure() -> None:
    """Have the form grader of this server load our scripts and answer them; elsewhere nothing is done."""
    form_grader_routes(_routes)


def _routes(pages: Any, base: Any) -> list[Any]:
    from tplib.autograde.marking.handlers import routes

    return routes(pages, base)
