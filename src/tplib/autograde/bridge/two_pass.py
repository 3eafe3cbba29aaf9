"""nbgrader's own autograding in two passes. The notebooks are run in between, somewhere else.

`sanitize` is nbgrader's first pass over a submission, `finish` its second. Both use its own (or the configured) lists
of preprocessors, with `Replay` in the place of `Execute`. Both work in a private course folder, on notebooks in memory.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.utils.importstring import import_item

from tplib.autograde.bridge import memory_gradebook as memory
from tplib.autograde.bridge.course import Course
from tplib.autograde.bridge.preprocessors import Annotate, MakeHarmless, Replay, Shared, replacement
from tplib.autograde.limited import SeveralWorks
from tplib.autograde.messages.departures import Departure
from tplib.autograde.messages.execution import NotebookOutcome
from tplib.autograde.messages.problems import Problem
from tplib.autograde.notebook_files import save, save_readable
from tplib.autograde.submissions.staging import Staged

SANITIZE, PREPARE, FINISH = "sanitize", "prepare", "finish"  # nbgrader's two passes, the second around the run
OWN_CODE = ("nbgrader.", "nbconvert.", "tplib.")


def only_own(preprocessors: list[Any]) -> bool:
    """Whether none of them is an instructor's own."""
    return all(type(preprocessor).__module__.startswith(OWN_CODE) for preprocessor in preprocessors)


class StagedAutograde(Autograde):
    """nbgrader's Autograde in a private course folder: one submission and one pass at a time."""

    def __init__(self, course: Course, assignment: str) -> None:
        directory = course.directory
        directory.directory_structure = os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}")
        for step in ("source", "submitted", "autograded"):
            setattr(directory, f"{step}_directory", step)
        directory.db_url, directory.assignment_id = memory.URL, assignment
        super().__init__(coursedir=directory, parent=course.app)
        self.exporter = self.exporter_class(parent=self, config=self.config)
        self.shared = Shared([])
        second = [replacement(preprocessor) for preprocessor in self.autograde_preprocessors]
        self.runs = Replay in second
        before = second.index(Replay) if self.runs else 0  # an instructor's own may change what is run
        self.lists: dict[str, list[Any]] = {
            SANITIZE: list(self.sanitize_preprocessors),
            PREPARE: second[:before],
            FINISH: [*second[before:], Annotate, MakeHarmless],
        }
        self.kept: dict[str, list[Any]] = {}

    @property
    def nbgraders_alone(self) -> bool:
        """Whether no code of the configuration's takes part in grading."""
        steps = [
            import_item(step) if isinstance(step, str) else step for steps in self.lists.values() for step in steps
        ]
        kinds = [*steps, self.exporter_class, AssignLatePenalties(parent=self).plugin_class]
        own = all(f"{getattr(kind, '__module__', '')}.".startswith(OWN_CODE) for kind in kinds)
        return own and self.pre_convert_hook is None and self.post_convert_hook is None

    def _preprocessors(self, step: str) -> list[Any]:
        """The configured preprocessors. With an instructor's own among them, they are made anew for each notebook."""
        if step not in self.kept:
            self.exporter._preprocessors = []
            for preprocessor in self.lists[step]:
                self.exporter.register_preprocessor(preprocessor)
            self.kept[step] = self.exporter._preprocessors
        kept = self.kept[step]
        return kept if only_own(kept) else self.kept.pop(step)

    def _process(self, path: Path, notebook: NotebookNode, step: str) -> NotebookNode:
        self._sanitizing = step == SANITIZE
        try:
            resources, metadata = ResourcesDict(), ResourcesDict()
            resources.update(self.init_single_notebook_resources(str(path)))
            metadata.update(name=path.stem, path=str(path.parent))
            resources["metadata"] = metadata
            preprocessors = self._preprocessors(step)
            for preprocessor in preprocessors:
                notebook, resources = preprocessor(notebook, resources)
            if step == FINISH or not only_own(preprocessors):  # what is read is valid, and nbgrader leaves it so
                nbformat.validate(notebook, relax_add_props=True)
        finally:
            self._sanitizing = True
        return notebook

    def folder(self, step: str, student: str) -> Path:
        return Path(self.coursedir.root) / step / student / self.coursedir.assignment_id

    def sanitize(self, student: str, staged: Staged) -> dict[str, NotebookNode]:
        """Enter the submission, which lies in submitted/. Returns the clean notebooks, which are to be run."""
        self.shared = Shared(staged.problems)
        self.coursedir.student_id = student
        self.notebooks = [str(self.folder("submitted", student) / f"{name}.ipynb") for name in staged.notebooks]
        self.run_pre_convert_hook()
        self.init_assignment(self.coursedir.assignment_id, student)
        clean = {}
        target = self.folder("autograded", student)
        target.mkdir(parents=True, exist_ok=True)
        for path in map(Path, self.notebooks):
            clean[path.stem] = self._process(path, staged.notebooks[path.stem], SANITIZE)
            if self.lists[PREPARE]:
                with utils.setenv(NBGRADER_EXECUTION="autograde"):
                    clean[path.stem] = self._process(target / path.name, clean[path.stem], PREPARE)
            save(clean[path.stem], target / path.name)
        return clean

    def finish(
        self,
        student: str,
        notebooks: dict[str, NotebookNode],
        outcomes: dict[str, NotebookOutcome],
        problems: list[Problem],
        child: SeveralWorks,
    ) -> dict[str, list[Departure]]:
        """Put the outcomes into the notebooks, save the scores and write the graded notebooks, harmless by `child`.

        Returns, by notebook, the cells whose points plain nbgrader would give otherwise.
        """
        departures: dict[str, list[Departure]] = {}
        for name, notebook in notebooks.items():
            path = self.folder("autograded", student) / f"{name}.ipynb"
            self.shared = Shared(problems, outcomes.get(name), child=child)
            with utils.setenv(NBGRADER_EXECUTION="autograde"):
                graded = self._process(path, notebook, FINISH)
            departures[name] = self.shared.departures
            save_readable(graded, path)
        self.run_post_convert_hook()
        return departures
