"""Who is in the class of 24, and what each of them hands in."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tplib.graders.answer_text import answer_text
from tplib.graders import Exercise
from tplib.graders.exercise import Misconception

Notebook = dict[str, Any]

RIGHT = ("ada", "blaise")
OTHERWISE_RIGHT = ("emmy", "florence")
MISTAKEN = ("gaspard", "henri", "irene", "joseph", "katherine", "leonhard", "marie", "niels")
HURRIED = "pierre"  # mistaken too, and the rest is untouched
HALFWAY = ("claude", "dorothy", "quentin")
UNTOUCHED = ("olga", "rosalind", "sophie")
ABSENT = "yvonne"  # is in the class, and hands in nothing
FRIENDS = ("katherine", "leonhard")  # the second hands in what the first wrote
ENDLESS, WARNED, DUPLICATED, BROKEN, DELETED = "abel", "theo", "ursula", "victor", "wanda"

DUE = datetime(2026, 11, 20, 22, tzinfo=UTC)
BEFORE = timedelta(hours=5)  # between one student's hand-in and the next one's; the last hands in in the last minute
LATE = {HURRIED: timedelta(hours=3, minutes=20), "quentin": timedelta(days=2)}

MANY = (7, 2, 4, 1, 6, 3, 2)  # how many get an exercise wrong, one exercise after the other
SHARED = 2 / 3  # of them share the exercise's most frequent misconception

Dealt = dict[str, dict[str, Misconception]]  # by student and exercise


class Classroom:
    """Submissions made from the released notebooks; `solutions` are the instructor's, by notebook name."""

    def __init__(self, release: Path, source: Path, exercises: list[Exercise]) -> None:
        self.release = {path.stem: _read(path) for path in sorted(release.glob("*.ipynb"))}
        self.solutions = {path.stem: _answers(_read(path)) for path in sorted(source.glob("*.ipynb"))}
        self.exercises = exercises

    def hand_in(self, submitted: Path, assignment: str) -> list[str]:
        """Write every submission below `submitted`; the students' names."""
        students: list[str] = []
        for student, files in self.submissions():
            folder = submitted / student / assignment
            folder.mkdir(parents=True)
            for notebook, text in files.items():
                (folder / f"{notebook}.ipynb").write_text(text, encoding="utf-8")
            when = DUE + LATE[student] if student in LATE else DUE - timedelta(minutes=1) - BEFORE * len(students)
            (folder / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
            students.append(student)
        return students

    def submissions(self) -> Iterator[tuple[str, dict[str, str]]]:
        """(student, text of each notebook)."""
        for student in RIGHT:
            yield student, self.filled({})
        for which, student in zip((1, -1), OTHERWISE_RIGHT, strict=True):
            yield student, self.filled({e.name: answer_text(e.alternatives[which], e.name) for e in self.exercises})
        dealt = self.dealt()
        for student in (*MISTAKEN, HURRIED):
            rest = {e.name: "" for e in self.exercises if student == HURRIED}
            hand = {name: answer_text(mistake.candidate, name) for name, mistake in dealt[student].items()}
            if student == FRIENDS[1]:
                hand = {name: f"# my own words\n{text}" for name, text in hand.items()}
            yield student, self.filled({**rest, **hand})
        for i, student in enumerate(HALFWAY):
            yield student, self.filled({e.name: "" for e in self.exercises[i % 3 :: 2]})
        for student in UNTOUCHED:
            yield student, self.filled({e.name: "" for e in self.exercises})
        first = next(iter(self.release))
        for student, spoil in TROUBLE.items():
            files = self.filled({e.name: "" for e in self.exercises if e.notebook != first})
            yield student, {**files, first: spoil(json.loads(files[first]))}

    def dealt(self) -> Dealt:
        """Who has which misconception. Of each exercise one is frequent, the others belong to one student each.

        The friends share theirs: the rarest of every second exercise.
        """
        dealt: Dealt = defaultdict(dict)
        hands = [student for student in (*MISTAKEN, HURRIED) if student not in FRIENDS]
        for number, exercise in enumerate(self.exercises):
            known = exercise.misconceptions
            count = MANY[number % len(MANY)]
            several = round(SHARED * count)
            for place in range(count):
                which = 0 if place < several else min(place - several + 1, len(known) - 1)
                dealt[hands[(number + place) % len(hands)]][exercise.name] = known[which]
            if number % 2:
                for friend in FRIENDS:
                    dealt[friend][exercise.name] = known[-1]
        return dealt

    def filled(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Every released notebook with these answers; "" leaves a cell untouched, the others get the instructor's."""
        texts = {}
        for name, released in self.release.items():
            notebook = deepcopy(released)
            for cell, exercise in _answer_cells(notebook):
                cell["source"] = answers.get(exercise, self.solutions[name][exercise]) or cell["source"]
            texts[name] = json.dumps(notebook, indent=1)
        return texts


def _warned(notebook: Notebook) -> str:
    """Right, but each cell that runs, checks included, writes a warning to stderr."""
    cell, _ = next(_answer_cells(notebook))
    cell["source"] += (
        "\n\nimport sys\n"
        "warn = lambda *_: print('FutureWarning: this will change in the next release', file=sys.stderr)\n"
        "get_ipython().events.register('pre_run_cell', warn)"
    )
    return json.dumps(notebook, indent=1)


def _duplicated(notebook: Notebook) -> str:
    """Right, but one answer and one check were copied, with all their metadata."""
    for prefix in ("answer-", "check-"):
        at = next(i for i, cell in enumerate(notebook["cells"]) if _grade_id(cell).startswith(prefix))
        notebook["cells"].insert(at, deepcopy(notebook["cells"][at]))
    return json.dumps(notebook, indent=1)


def _broken(notebook: Notebook) -> str:
    """Half a file: the upload was cut."""
    text = json.dumps(notebook, indent=1)
    return text[: len(text) // 2]


def _endless(notebook: Notebook) -> str:
    """One answer, the one that the fewest cells use, never returns."""
    sources = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cell, name = min(_answer_cells(notebook), key=lambda found: sum(found[1] in text for text in sources))
    cell["source"] = f"def {name}(*args):\n    while True:\n        pass"
    return json.dumps(notebook, indent=1)


def _deleted(notebook: Notebook) -> str:
    """Right, but one check cell is gone."""
    at = next(i for i, cell in enumerate(notebook["cells"]) if _grade_id(cell).startswith("check-"))
    del notebook["cells"][at]
    return json.dumps(notebook, indent=1)


TROUBLE: dict[str, Callable[[Notebook], str]] = {
    WARNED: _warned,
    DUPLICATED: _duplicated,
    BROKEN: _broken,
    ENDLESS: _endless,
    DELETED: _deleted,
}


def _read(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _answer_cells(notebook: Notebook) -> Iterator[tuple[dict[str, Any], str]]:
    for cell in notebook["cells"]:
        if _grade_id(cell).startswith("answer-"):
            yield cell, _grade_id(cell).removeprefix("answer-")


def _answers(notebook: Notebook) -> dict[str, str]:
    marks = ("### BEGIN SOLUTION", "### END SOLUTION")
    return {
        name: "\n".join(line for line in cell["source"].split("\n") if line.strip() not in marks)
        for cell, name in _answer_cells(notebook)
    }
