"""`check("name")`: the last line of a check cell."""

import sys
from typing import Any

from tplib.errors import TplibError
from tplib.graders.judge import grade
from tplib.graders.verdict import Verdict
from tplib.mime import VERDICT


class Checked:
    """A verdict shown in a notebook. Its plain text is the points, which is what nbgrader reads."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def __repr__(self) -> str:
        return repr(self.verdict.points)

    def __float__(self) -> float:
        return self.verdict.points

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.verdict._repr_html_(), VERDICT: self.verdict.as_dict()}


def check(name: str) -> Checked:
    """Check the caller's `name` on the public cases and show the verdict; the value is the points earned."""
    caller = sys._getframe(1)
    candidate = caller.f_locals.get(name, caller.f_globals.get(name))
    try:
        verdict = grade(name, candidate)
    except TplibError as error:
        verdict = Verdict(str(name), 0.0, "wrong", str(error), 0.0)
    if not _rich():
        print(verdict)
    return Checked(verdict)


def _rich() -> bool:
    """Whether the caller's front end shows HTML: any IPython shell but the terminal's."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and type(shell).__name__ != "TerminalInteractiveShell"
