"""A course folder as nbgrader knows it: its configuration, its gradebook, its assignments."""

from __future__ import annotations

import contextlib
import difflib
import glob
import io
import logging
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tplib.autograde.bridge.configuration import unpack_config
from tplib.autograde.messages.execution import Limits
from tplib.autograde.processes import path_with_own_programs
from tplib.errors import TplibError
from tplib.graders import course_folder
from tplib.sentences import proposed_inside

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

ANY = "any-of-them"  # stands in a path for the name of a student or an assignment
MARKS = ("nbgrader_config.py", "nbgrader_config.json", "source", "submitted", "release")  # one makes a folder a course


@dataclass
class Course:
    """An opened course folder. `app` has nbgrader's configuration, and is the parent of its converters.

    wanted: patterns of notebooks' names, where a command was given some; nbgrader's option --notebook is for one.
    """

    root: Path
    app: Any
    log: io.StringIO
    wanted: tuple[str, ...] = ()

    @property
    def directory(self) -> Any:
        return self.app.coursedir

    def path(self, step: str, student: str = ".", assignment: str = ".") -> Path:
        """The folder of one of nbgrader's steps ("source", "submitted", ...) for a student and an assignment."""
        name = getattr(self.directory, f"{step}_directory")
        return Path(os.path.normpath(self.directory.format_path(name, student, assignment)))

    def all_of(self, step: str, assignment: str) -> Path:
        """The folder in which the students' folders of a step lie."""
        return Path(str(self.path(step, ANY, assignment)).partition(ANY)[0] + ANY).parent

    def assignments(self, step: str) -> list[str]:
        """Names of the assignments that have a folder in `step`, wherever the configuration puts it."""
        student = "*" if step == "submitted" else "."
        pattern = os.path.relpath(self.path(step, student, ANY), self.root)
        parts = (re.escape(part).replace(re.escape("*"), "[^/]+") for part in pattern.split(ANY))
        names = re.compile("([^/]+)".join(parts).replace("([^/]+)", "(?P<name>[^/]+)", 1))
        found = set()
        for path in self.root.glob(pattern.replace(ANY, "*")):
            match = names.fullmatch(path.relative_to(self.root).as_posix())
            if match and path.is_dir() and not match["name"].startswith(".") and not path.name.startswith("."):
                found.add(match["name"])
        return sorted(found)

    def students(self, assignment: str, step: str = "submitted") -> list[str]:
        """Sorted ids of the students with a folder, or a link (which grading refuses), for `assignment` in `step`."""
        marker = "\0student\0"
        before, _, after = os.path.relpath(self.path(step, marker, assignment), self.root).partition(marker)
        students = []
        for path in sorted(self.root.glob(f"{glob.escape(before)}*{glob.escape(after)}")):
            name = os.path.relpath(path, self.root)[len(before) :]
            name = name[: -len(after)] if after else name
            if not name.startswith("."):
                students.append(name)
        return students

    @contextlib.contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """Open the gradebook. Raises TplibError for what its user can cause."""
        import sqlalchemy.exc
        from nbgrader.api import Gradebook

        url = self.directory.db_url
        try:
            try:
                opened = Gradebook(url, self.directory.course_id)
            except ImportError as error:
                raise TplibError(
                    f"the gradebook {without_password(url)} needs a driver that is not installed ({error}); "
                    "for postgresql+psycopg://... run `pip install 'tplib[postgresql]'`"
                ) from error
            with opened as gradebook:
                yield gradebook
        except sqlalchemy.exc.SQLAlchemyError as error:
            raise database_error(self, error) from error

    def chosen_students(self, assignment: str) -> list[str]:
        """Those of `students` whom nbgrader's options choose: --student and c.CourseDirectory.student_id_exclude."""
        return [name for name in self.students(assignment) if self.chooses(name)]

    def chooses(self, student: str) -> bool:
        """Whether these options choose a student."""
        excluded = {name.strip() for name in self.directory.student_id_exclude.split(",")}
        return fnmatchcase(student, self.directory.student_id) and student not in excluded

    def chosen_notebooks(self, assignment: str, names: Iterable[str]) -> list[str]:
        """Those of an assignment's notebooks that are wanted. Raises TplibError where a pattern fits none."""
        names = list(names)
        for pattern in self.notebook_patterns:
            if not any(fnmatchcase(name, pattern) for name in names):
                raise TplibError(f"{assignment} has no notebook {pattern!r}; it has: {', '.join(names) or 'none'}")
        return [name for name in names if any(fnmatchcase(name, pattern) for pattern in self.notebook_patterns)]

    @property
    def notebook_patterns(self) -> tuple[str, ...]:
        return self.wanted or (self.directory.notebook_id,)

    @property
    def wants_all_notebooks(self) -> bool:
        return self.notebook_patterns == ("*",)

    def limits(self) -> Limits:
        """The limits of nbgrader's configuration (`c.Execute.timeout` and `timeout_func`), or the defaults."""
        from tplib.autograde.bridge.execute_options import execute_options  # imports what needs nbgrader

        execute = execute_options(self.app)
        timeout = float(execute.timeout) if execute.timeout is not None and execute.timeout > 0 else None
        return replace(Limits().with_cell(timeout), by_function=execute.timeout_func is not None)

    def last_log_line(self) -> str:
        """The last error that nbgrader logged, on one line."""
        lines = [line for line in self.log.getvalue().splitlines() if line.strip()]
        raised = [line.partition(": ")[2] for line in lines if re.match(r"[\w.]*[A-Z]\w+: \S", line)]
        return (raised or lines or ["nbgrader gave no reason"])[-1].strip()


def database_error(course: Course, error: Exception) -> TplibError:
    """What is wrong with the gradebook, and what to do about it."""
    text = str(getattr(error, "orig", error)).strip()
    url = without_password(course.directory.db_url)
    if "locked" in text:
        return TplibError(
            f"the gradebook {url} is locked: another program is writing to it (a form grader, another `tp grade` or "
            "`tp watch`?); close it and run this command again. What was graded so far is kept"
        )
    if "readonly" in text or "unable to open" in text or "read-only" in text:
        return TplibError(f"the gradebook {url} cannot be written ({text}): check the folder and its permissions")
    if "full" in text:
        return TplibError(
            f"there is no room for the gradebook {url} ({text}): make room and run this command again. What was graded "
            "so far is kept"
        )
    if "no such column" in text or "no such table" in text:
        upgrade = proposed_inside(course.root, "nbgrader", "db", "upgrade")
        return TplibError(f"the gradebook {url} is from another nbgrader version: back it up and run `{upgrade}`")
    if "not a database" in text or "malformed" in text:
        text += (
            "; put back your last copy of it, or move it elsewhere: `tp grade` then makes a new one from submitted/, "
            "without what was marked by hand"
        )
    return TplibError(f"the gradebook {url} cannot be used: {text}")


def without_password(url: str) -> str:
    import sqlalchemy.exc
    from sqlalchemy.engine import make_url

    try:
        return make_url(url).render_as_string()
    except sqlalchemy.exc.ArgumentError:
        return url


def open_course(folder: Path) -> Course:
    """Open the course in `folder`; from now on this process knows its exercises.

    Raises TplibError where nbgrader is missing or `folder` is not a course.
    """
    try:
        from nbgrader.apps.autogradeapp import AutogradeApp
    except ImportError as error:
        raise TplibError(
            f"grading needs nbgrader, which cannot be imported here ({error}): run `pip install 'tplib[instructor]'`"
        ) from error
    root = folder.resolve()
    if not root.is_dir():
        raise TplibError(f"{folder} is not a folder: expected the course folder, with source/ and submitted/ in it")
    if not any((root / name).exists() for name in MARKS):
        raise TplibError(
            f"{root} is not a course folder: expected nbgrader_config.py, source/ or submitted/ in it; "
            "go to the course folder or name it with --course"
        )
    os.environ["PATH"] = path_with_own_programs()
    log = io.StringIO()
    with contextlib.chdir(root), contextlib.redirect_stderr(log):
        app = AutogradeApp()
        _log_to(app.log, log)
        try:
            app.initialize([], root=str(root))
        except SystemExit as error:
            raise TplibError(f"{root / 'nbgrader_config.py'}: {log.getvalue().strip().splitlines()[-1]}") from error
        _log_to(app.log, log)
    if "Exception while loading config file" in log.getvalue():
        raise TplibError(
            f"{root / 'nbgrader_config.py'} cannot be read: {log.getvalue().strip().splitlines()[-1]}; correct it first"
        )
    prefix, _, database = app.coursedir.db_url.partition("sqlite:///")
    if not prefix and database and database != ":memory:" and not os.path.isabs(database):
        app.coursedir.db_url = f"sqlite:///{Path(app.coursedir.root) / database}"  # not where the command is typed
    course_folder.use_course(Path(app.coursedir.root))
    return Course(Path(app.coursedir.root), app, log)


def private_course(folder: Path, data: bytes) -> Course:
    """A worker's own course in `folder`, with the configuration that a coordinator packed; no file of one is read."""
    from nbgrader.apps.autogradeapp import AutogradeApp
    from nbgrader.coursedir import CourseDirectory

    log = io.StringIO()
    app = AutogradeApp(config=unpack_config(data))
    _log_to(app.log, log)
    app.coursedir = CourseDirectory(parent=app, root=str(folder))
    return Course(folder, app, log)


def _log_to(logger: Any, stream: io.StringIO) -> None:
    """Send nbgrader's log to `stream`: the progress bar owns the terminal."""
    logger = getattr(logger, "logger", logger)
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.handlers[:] = [handler]
    logger.propagate = False
    database_log = logging.getLogger("tornado.application")  # where nbgrader's gradebook logs
    database_log.handlers[:] = [handler]
    database_log.propagate = False


def require_assignment(course: Course, assignment: str) -> None:
    """Raise TplibError, with the nearest name, unless `assignment` has a source, a release or submissions."""
    known = sorted({name for step in ("source", "release", "submitted") for name in course.assignments(step)})
    if assignment in known:
        return
    near = difflib.get_close_matches(assignment, known, 1, cutoff=0.4)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known) or 'none'}"
    raise TplibError(f"there is no assignment {assignment!r} in {course.root}; {hint}")
