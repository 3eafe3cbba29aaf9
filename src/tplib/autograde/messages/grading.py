"""What a worker is sent, and what it sends back: bytes.

A `Setup`, a `SubmissionTask` and a `GradingResult` are each JSON beside files, in one uncompressed zip. Nothing here
is pickled but one part of the setup, nbgrader's configuration: only a worker reads it, and only a coordinator makes it.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from tplib.autograde.messages.departures import Departure
from tplib.autograde.messages.execution import Limits
from tplib.autograde.messages.plan import Anchor, NotebookPlan, PlannedCell
from tplib.autograde.messages.problems import Problem

HEADER = "header.json"
OWN_CODE = "in the configuration's own code,"  # how a failure names a file of the instructor's
NOTE = b"now "  # how a worker's message begins that is no result, but the name of the notebook that it runs now
SETS = ("plugins", "support", "exercises")  # of files in a setup


def pack(header: dict[str, Any], files: dict[str, bytes]) -> bytes:
    """One zip of a JSON header and the contents of `files`, whose names, however odd, are in the header."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(HEADER), json.dumps({**header, "files": list(files)}))
        for number, content in enumerate(files.values()):
            archive.writestr(zipfile.ZipInfo(str(number)), content)
    return buffer.getvalue()


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The header and the files that `pack` put together. Raises zipfile.BadZipFile where they are not whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        header = json.loads(archive.read(HEADER))
        return header, {name: archive.read(str(number)) for number, name in enumerate(header.pop("files"))}


@dataclass
class Setup:
    """What all submissions of an assignment share. A worker gets it once.

    warm        run notebooks in candidates, and not each in a fresh kernel
    learn       run the instructor's notebooks once, to see what they import
    draw        draw all figures again; else the figures of ungraded cells stay as they were handed in, unless a human
                marks the notebook
    others      the assignment's notebooks that were not chosen, each with the ids of its cells
    references  the instructor's notebooks
    config      nbgrader's configuration as `bridge.configuration` packs it: it may hold code, and is the coordinator's
    plugins     the files of the instructor's modules that the configuration names
    support     the files of source/ beside the notebooks
    modes       permissions of the files in `support`, where they are not the usual ones
    exercises   the files of the course's own exercises, for the trusted side alone
    root        the course folder, and
    hidden      what lies in it that no worker has business with; on another machine they may be missing
    """

    assignment: str
    course_id: str
    plans: dict[str, NotebookPlan]
    duedate: str | None = None
    limits: Limits = field(default_factory=Limits)
    warm: bool = True
    sandbox: bool = False
    learn: bool = False
    draw: bool = False
    others: dict[str, list[str]] = field(default_factory=dict)
    references: list[dict[str, Any]] = field(default_factory=list)
    root: str = ""
    hidden: list[str] = field(default_factory=list)
    modes: dict[str, int] = field(default_factory=dict)
    config: bytes = b""
    plugins: dict[str, bytes] = field(default_factory=dict)
    support: dict[str, bytes] = field(default_factory=dict)
    exercises: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def data(self) -> bytes:
        header = {key: value for key, value in asdict(self).items() if key not in ("config", *SETS)}
        files = {"config/": self.config}
        for kind in SETS:
            files |= {f"{kind}/{name}": content for name, content in getattr(self, kind).items()}
        return pack(header, files)

    @cached_property
    def key(self) -> str:
        """A hash that tells this setup from others."""
        return hashlib.sha256(self.data).hexdigest()[:32]

    @classmethod
    def from_data(cls, data: bytes) -> Setup:
        header, files = unpack(data)
        plans = {name: plan_from(values) for name, values in header.pop("plans").items()}
        limits = Limits(**header.pop("limits"))
        parts: dict[str, dict[str, bytes]] = {kind: {} for kind in ("config", *SETS)}
        for name, content in files.items():
            kind, _, path = name.partition("/")
            parts[kind][path] = content
        setup = cls(plans=plans, limits=limits, **header)
        setup.config, setup.data = parts["config"][""], data
        setup.plugins, setup.support, setup.exercises = (parts[kind] for kind in SETS)
        return setup


def plan_from(values: dict[str, Any]) -> NotebookPlan:
    cells = {name: PlannedCell(**cell) for name, cell in values["cells"].items()}
    return NotebookPlan(**{**values, "cells": cells, "anchors": [Anchor(**anchor) for anchor in values["anchors"]]})


@dataclass
class SubmissionTask:
    """One student's submission: its plain files, and what its grade depends on besides.

    problems   what was wrong when it was read
    extension  seconds
    manual     by notebook and cell, what a human grader gave: [manual_score, extra_credit]
    seeds      by exercise, the seed of the examiner's cases
    kept       by notebook and cell, what check cells show that are not judged again
    only       the notebooks that are graded, where that is not all of the setup's
    modes      permissions of the files, where they are not the usual ones
    """

    student: str
    files: dict[str, bytes]
    problems: list[Problem] = field(default_factory=list)
    read_at: float = 0.0
    extension: float | None = None
    manual: dict[str, dict[str, list[float | None]]] = field(default_factory=dict)
    seeds: dict[str, int] = field(default_factory=dict)
    kept: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    only: list[str] = field(default_factory=list)
    modes: dict[str, int] = field(default_factory=dict)

    def chosen(self, plans: dict[str, NotebookPlan]) -> dict[str, NotebookPlan]:
        """The plans of the notebooks that are graded."""
        return {name: plan for name, plan in plans.items() if not self.only or name in self.only}

    def to_data(self) -> bytes:
        header = {key: value for key, value in vars(self).items() if key not in ("files", "problems")}
        return pack({**header, "problems": [problem.to_dict() for problem in self.problems]}, self.files)

    @classmethod
    def from_data(cls, data: bytes) -> SubmissionTask:
        header, files = unpack(data)
        problems = [Problem.from_dict(values) for values in header.pop("problems")]
        return cls(**header, problems=problems, files=files)


@dataclass
class NotebookScores:
    """What goes into the gradebook for one notebook.

    grades    by cell: [auto_score, needs_manual_grade]
    comments  by cell: nbgrader's automatic comment
    given     by cell, what an instructor's own code gave beside: manual_score and extra_credit
    said      by cell, its manual comment
    """

    grades: dict[str, list[Any]] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    penalty: float | None = None
    given: dict[str, dict[str, float | None]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


@dataclass
class GradingResult:
    """What goes into the gradebook and into autograded/ for one student.

    support   names of files that are equal to those of the setup, and so are not sent back
    timings   seconds by step
    failure   why there is no grade
    departures  by notebook, the cells whose points plain nbgrader would give otherwise
    limited   what it met that may be a limit of the machine; graded once more alone, it may have another result

    The graded notebooks hold the examiner's verdicts, and say which tests ran beside a student's code.
    """

    student: str
    files: dict[str, bytes] = field(default_factory=dict)
    support: list[str] = field(default_factory=list)
    notebooks: dict[str, NotebookScores] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    timestamp: str | None = None
    read_at: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    failure: str | None = None
    departures: dict[str, list[Departure]] = field(default_factory=dict)
    limited: str | None = None

    def to_data(self) -> bytes:
        apart = ("files", "problems", "notebooks", "departures")
        header = {key: value for key, value in vars(self).items() if key not in apart}
        header["departures"] = {name: [one.to_dict() for one in found] for name, found in self.departures.items()}
        header["problems"] = [problem.to_dict() for problem in self.problems]
        header["notebooks"] = {name: vars(scores) for name, scores in self.notebooks.items()}
        return pack(header, self.files)

    @staticmethod
    def limit_in(data: bytes) -> str | None:
        """`limited` of the result in `data`, without reading the rest."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            limited: str | None = json.loads(archive.read(HEADER)).get("limited")
        return limited

    @classmethod
    def from_data(cls, data: bytes) -> GradingResult:
        header, files = unpack(data)
        problems = [Problem.from_dict(values) for values in header.pop("problems")]
        notebooks = {name: NotebookScores(**values) for name, values in header.pop("notebooks").items()}
        departures = {name: [*map(Departure.from_dict, found)] for name, found in header.pop("departures").items()}
        return cls(**header, problems=problems, notebooks=notebooks, departures=departures, files=files)
