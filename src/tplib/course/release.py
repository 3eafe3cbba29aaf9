"""From an instructor notebook to the student version, by nbgrader's own converter and without its gradebook."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tplib.errors import TplibError

if TYPE_CHECKING:
    from nbformat import NotebookNode

CONFIG = "nbgrader_config.py"


def student_version(source: NotebookNode, assignment: str, notebook: str, root: Path) -> NotebookNode:
    """What `nbgrader generate_assignment` makes of `source` under the settings of the course at `root`.

    Raises TplibError with nbgrader's own reason if it refuses.
    """
    import nbformat
    from nbgrader.converters.base import NbGraderException
    from nbgrader.converters.generate_assignment import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells

    log, messages = _quiet_log()
    settings = load_settings(root)
    folder = tempfile.mkdtemp(prefix="tp-release-")
    try:
        place = Path(folder, "source", assignment)
        place.mkdir(parents=True)
        nbformat.write(source, place / f"{notebook}.ipynb")
        course = CourseDirectory(
            config=settings,
            log=log,
            root=folder,
            source_directory="source",
            release_directory="release",
            assignment_id=assignment,
            notebook_id=notebook,
        )
        steps = [step for step in GenerateAssignment.preprocessors.default() if step is not SaveCells]
        converter = GenerateAssignment(
            coursedir=course, config=settings, log=log, no_database=True, preprocessors=steps, force=True
        )
        try:
            converter.start()
        except (NbGraderException, SystemExit):
            raise TplibError(f"nbgrader refuses {assignment}/{notebook}: {_reason(messages)}") from None
        return nbformat.read(Path(folder, "release", assignment, f"{notebook}.ipynb"), as_version=4)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def load_settings(root: Path) -> Any:
    """The traitlets settings of `nbgrader_config.py`; nbgrader's defaults where the course has none."""
    from traitlets.config import Config, PyFileConfigLoader

    if not (root / CONFIG).exists():
        return Config()
    try:
        return PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    except Exception as error:  # the file is Python, so anything can happen in it
        raise TplibError(f"cannot read {root / CONFIG}: {type(error).__name__}: {error}") from None


def _quiet_log() -> tuple[logging.Logger, list[str]]:
    """A logger of our own that prints nothing and keeps the errors."""
    messages: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    log = logging.Logger("tplib.course.release", logging.ERROR)
    log.addHandler(Keep())
    return log, messages


def _reason(messages: list[str]) -> str:
    """The last line of the traceback that nbgrader logs, without the exception's name."""
    tracebacks = [message for message in messages if message.startswith("Traceback")]
    if not tracebacks:
        return messages[0] if messages else "no reason given"
    return tracebacks[0].strip().splitlines()[-1].partition(": ")[2] or tracebacks[0].strip().splitlines()[-1]
