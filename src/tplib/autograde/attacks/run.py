"""All attacks in one class with honest students, graded by `tp grade` on this machine."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tplib.autograde.attacks.catalogue import Attack, attacks
from tplib.autograde.attacks.course import ASSIGNMENT, HONEST, RIGHT, build_course, folder_of
from tplib.autograde.attacks.outcome import Row, gained
from tplib.autograde.attacks.watch import Watch
from tplib.autograde.coordinator.grader import GRADED_ALONE
from tplib.autograde.coordinator.run_results import Graded, Run
from tplib.autograde.messages.execution import Limits
from tplib.errors import TplibError

LIMITS = Limits(cell=3, notebook=45, memory=512 << 20)
SHOWN_IN_PAGES = ("page_", "symbolic_link", "odd_names")  # names of attacks whose feedback is looked at

Progress = Callable[[int, int, int], None]


def run_attacks(
    names: list[str] | None = None,
    folder: Path | None = None,
    workers: int | None = None,
    on_progress: Progress = lambda done, total, failed: None,
) -> list[Row]:
    """Grade every attack, or those `names`, among honest students. One row for each, and one for the honest students.

    folder: where to put the temporary course; by default the home folder, or else where temporary files go. Raises
    TplibError where there is no sandbox, or no attack of that name.
    """
    from tplib.autograde.sandbox import problem

    if (reason := problem()) is not None:
        raise TplibError(reason)
    chosen = [attack for attack in attacks() if names is None or attack.name in names]
    if missing := set(names or []) - {attack.name for attack in chosen}:
        raise TplibError(f"there is no attack {', '.join(sorted(missing))}: see {Path(__file__).parent}")
    with temporary_course(folder) as root:
        return _grade(root, chosen, workers, on_progress)


@contextlib.contextmanager
def temporary_course(folder: Path | None) -> Iterator[Path]:
    root = make_folder([folder] if folder else [Path(os.path.expanduser("~")), Path(tempfile.gettempdir())])
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def make_folder(places: list[Path]) -> Path:
    for place in places:
        with contextlib.suppress(OSError):
            return Path(tempfile.mkdtemp(prefix=".tp-attacks-", dir=place))
    raise TplibError(f"none of {', '.join(map(str, places))} can be written: the temporary course goes there")


def _grade(root: Path, chosen: list[Attack], workers: int | None, on_progress: Progress) -> list[Row]:
    from tplib.autograde.bridge.course import open_course
    from tplib.autograde.coordinator.run import grade_assignment
    from tplib.autograde.reports.feedback import write_feedback

    canary = f"canary-{secrets.token_hex(8)}"
    build_course(root, canary)
    for attack in chosen:
        attack.submit(folder_of(root, attack.name))
    with Watch(root, canary) as watch:
        run = grade_assignment(
            open_course(root), ASSIGNMENT, workers=workers, limits=LIMITS, sandbox=True, on_progress=on_progress
        )
        graded = {result.student for result in run.results if result.state == "graded"}
        shown = [a.name for a in chosen if a.name.startswith(SHOWN_IN_PAGES) and a.name in graded]
        if shown:
            write_feedback(root, ASSIGNMENT, students=shown, workers=1)
        harm = watch.harm()
    results = {result.student: result for result in run.results}
    rows = [judge(attack, results.get(attack.name), root, canary) for attack in chosen]
    return [*rows, honest_row(run, results, harm)]


def judge(attack: Attack, result: Graded | None, root: Path, canary: str) -> Row:
    """One attack's row: what it gained, or how it ended."""
    gains = gained(root, attack.name, canary)
    if result is None or result.state != "graded":
        gains.append("the run stopped" if result is None else f"not graded: {result.problems[-1].reason}")
    elif broken := [problem.reason for problem in result.problems if "the grading itself failed" in problem.reason]:
        gains += broken
    elif attack.honest and result.score < result.max_score:
        gains.append(f"an honest answer has {result.score:g} of {points(result.max_score)}")
    elif not attack.honest and result.score > 0:
        gains.append(f"{points(result.score)} for a wrong answer")
    texts = [text for problem in result.problems for text in (problem.reason, problem.hint)] if result else []
    if not all(text.isprintable() for text in texts):
        gains.append("its control characters reach the instructor's terminal")
    if len(texts) > 200:
        gains.append(f"{len(texts) // 2} problems in the report")
    if gains:
        return Row(attack.name, attack.tries, "; ".join(gains), False)
    assert result is not None
    notes = list(dict.fromkeys(problem.kind for problem in result.problems))
    if attack.name.startswith(SHOWN_IN_PAGES) and not any(folder_of(root, attack.name, "feedback").rglob("*.html")):
        notes.append("no feedback page")
    return Row(attack.name, attack.tries, points(result.score) + (f" ({', '.join(notes)})" if notes else ""), True)


def points(score: float) -> str:
    return f"{score:g} point" + ("" if score == 1 else "s")


def honest_row(run: Run, results: dict[str, Graded], harm: list[str]) -> Row:
    """The others in the class: each has what their answer is worth, and nothing was left behind."""
    complaints = list(harm)
    for name, code in HONEST.items():
        due = 1.0 if code == RIGHT else 0.0
        result = results.get(name)
        problems = [problem for problem in result.problems if problem.kind != GRADED_ALONE] if result else []
        if result is None or result.state != "graded" or problems or result.score != due:
            complaints.append(f"{name} has {result.score if result else 'no'} points instead of {due:g}")
            complaints += [problem.reason for problem in problems]
    if run.interrupted or run.left:
        complaints.append("the run stopped early")
    tries = "Right and wrong answers of honest students among these; the machine afterwards."
    return Row("(the others)", tries, "; ".join(complaints) or "unharmed", not complaints)
