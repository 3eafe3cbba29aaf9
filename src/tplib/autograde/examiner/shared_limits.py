"""Limits in which what runs beside a candidate may have a share: of its time, and of what the machine has."""

from __future__ import annotations

import re
from typing import Any

from tplib.autograde.examiner.interfaces import Candidate
from tplib.autograde.messages.execution import NotebookOutcome, Output, Waits

OWN = 0.7  # of the limit: who has computed so long
SHARED = 0.2  # of the limit: and has waited no longer for a processor, is late by itself
# What Python and programs say where memory, processes, threads, terminals or files on their way are used up.
SHORTAGE = re.compile(
    r"\[Errno (?:11|12|23|24|28|105|109)\]|MemoryError|Resource temporarily unavailable|Cannot allocate memory"
    r"|can't start new thread|out of pty devices|Too many (?:open files|references)|No space left on device"
)
LONGEST = 10_000  # characters of a message that is looked at


class SharedLimits:
    """Notes in the outcome of a run what it met first of such limits."""

    def __init__(self, outcome: NotebookOutcome) -> None:
        self.outcome = outcome
        self.cell = outcome.run.limits.cell  # seconds, of the present one

    def note(self, limit: str | None) -> None:
        self.outcome.limited = self.outcome.limited or limit

    def note_late(self, candidate: Candidate | None, killed: str | None, waits: Waits | None) -> None:
        """A cell or the notebook (`killed`) was late, if it is not None: note it where others may have a share.

        What waits for something that did not end before is as late as that was, and tells nothing new.
        """
        if waits is not None:
            return
        seconds = self.cell if killed == "cell" else self.outcome.run.limits.notebook
        if killed and candidate and not self.outcome.limited and may_be_late_by_others(candidate, seconds):
            self.note("time")

    def own_words(self, reason: str, killed: str | None) -> str:
        """Why a candidate ended, with the present cell's own limit, which may not be that of all."""
        if killed == "cell" and self.outcome.run.cell_limits and reason.startswith("the cell did not stop"):
            return f"the cell did not stop after {self.cell:g} s"
        return reason

    def note_shortage(self, outputs: list[Output]) -> None:
        """An error among a cell's outputs may say that something was used up."""
        for output in outputs:
            if output["output_type"] == "error":
                self.note(shortage(f"{output['ename']}: {output['evalue']}"))


def may_be_late_by_others(candidate: Candidate, seconds: float | None) -> bool:
    """Whether a candidate that met a limit of `seconds` might not have met it alone."""
    times = candidate.times()
    if times is None or seconds is None:
        return True
    computed, waited = times
    return computed < OWN * seconds or waited > SHARED * seconds


def shortage(text: Any) -> str | None:
    found = SHORTAGE.search(str(text)[:LONGEST])
    return found[0] if found else None
