"""A gradebook with a made-up class, as `tp grade` leaves it, without grading anything: of 300 students in seconds.

python tests/autograde/reports/synthetic_class.py FOLDER [STUDENTS] [NOTEBOOKS] [ASSIGNMENTS]
"""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import nbgrader.api as api
from nbgrader.api import Gradebook
from sqlalchemy import insert

from tplib.autograde.coordinator.history import Entry, Found, History
from tplib.exercises.catalogue import MODULES
from tplib.mime import VERDICT

DUE = datetime(2026, 11, 20, 22, tzinfo=UTC)
ASSIGNMENT = "TP6-TrainFFNN"
NAMES = """Ada Blaise Claude Dorothy Emmy Florence Gaspard Henri Irène Joseph Katherine Leonhard Marie Niels Olga
Abélard Bernoulli Curie Diderot Euler Fourier Germain Hadamard Ito Jordan Kepler Laplace Monge Noether"""
FIRST, LAST = (line.split() for line in NAMES.splitlines())
COPYING = (3, 4)  # these two hand in the same, but for names


def make_class(root: Path, students: int, notebooks: int, assignment: str = ASSIGNMENT, seed: int = 1) -> None:
    """Write a course folder with one graded assignment, or add an assignment to the one that is there."""
    chance = random.Random(seed)
    plan = exercises_of(notebooks)
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'nlp'\n")
    for notebook, exercises in plan.items():
        for step in ("source", "release"):
            path = root / step / assignment / f"{notebook}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(notebook_of(exercises, {}, {})))
    names = [f"{FIRST[i % len(FIRST)]} {LAST[i * 5 // 3 % len(LAST)]}-{i}" for i in range(students)]
    ids = [name.lower().replace(" ", "-").replace("é", "e").replace("è", "e") for name in names]
    rows = _enter_assignment(root, assignment, plan, dict(zip(ids, names, strict=True)))
    history = History(root, assignment)
    skills = [random.Random(i).betavariate(3, 1.4) for i in range(students)]
    grades: list[dict[str, Any]] = []
    handed_in = [row for row in range(students) if row % 14 != 13]  # a few hand in nothing
    for row in handed_in:
        student = ids[row]
        mine = COPYING[0] if row in COPYING else row
        moves = random.Random(f"{seed} {mine}")
        attempts = 1 + (moves.random() < 0.3) + (moves.random() < 0.1)
        for attempt in range(attempts):
            skill = skills[mine] * (0.6 + 0.4 * (attempt + 1) / attempts)
            when = DUE + timedelta(hours=moves.gauss(-30, 14) - 60 * (attempts - 1 - attempt) / attempts)
            verdicts = {name: verdicts_for(exercises, skill, moves) for name, exercises in plan.items()}
            cells = {
                name: {
                    f"check-{e}": Found(v["points"], v["status"], v["misconception"] or "") for e, v in found.items()
                }
                for name, found in verdicts.items()
            }
            entry = Entry(student, when + timedelta(hours=2), when, f"{row}-{attempt}", chance.gammavariate(3, 3))
            history.enter(Entry(**{**vars(entry), "cells": cells}))
        folder = root / "autograded" / student / assignment
        folder.mkdir(parents=True)
        with_problem = row % 9 == 5
        for name, exercises in plan.items():
            answers = {e: answer_of(e, verdicts[name][e], row in COPYING[1:]) for e in exercises}
            graded = notebook_of(exercises, answers, verdicts[name])
            graded["metadata"]["tplib"]["problems"] = problems_of(name) if with_problem else []
            (folder / f"{name}.ipynb").write_text(json.dumps(graded))
        grades += rows(student, when, verdicts)
    _insert(root, grades)


def exercises_of(notebooks: int) -> dict[str, list[str]]:
    """The exercises of the first notebooks of TP6. Those of the last are slow to load: they need PyTorch."""
    folders = [module for module in MODULES if ".tp6." in module][:notebooks]
    found = [exercise for folder in folders for exercise in import_module(folder).EXERCISES]
    plan: dict[str, list[str]] = {}
    for exercise in found:
        plan.setdefault(exercise.notebook, []).append(exercise.name)
    return plan


def verdicts_for(exercises: list[str], skill: float, chance: random.Random) -> dict[str, dict[str, Any]]:
    from tplib.graders import registry

    found = {}
    for place, name in enumerate(exercises):
        exercise = registry.find(name)
        hard = 0.15 + 0.6 * (place / len(exercises)) ** 2
        verdict: dict[str, Any] = {
            "exercise": name,
            "message": "",
            "misconception": None,
            "max_points": exercise.points,
        }
        if chance.random() < skill * (1 - hard) + 0.25:
            status = "right"
        elif chance.random() < 0.35 * (1 - skill) + 0.05:
            status = "not attempted"
        elif chance.random() < 0.8 and any(stands_alone(m.candidate) for m in exercise.misconceptions):
            status = "wrong"
            known = [m for m in exercise.misconceptions if stands_alone(m.candidate)]
            made = known[min(int(chance.paretovariate(1.1)) - 1, len(known) - 1)]
            verdict |= {"misconception": made.name, "message": made.question}
        else:
            status = "wrong"
            value = float(int(chance.paretovariate(0.9)))
            rows = [["x", "[1. 2.]"], ["expected", "[0.5 1. ]"], ["yours", str(value)]]
            verdict |= {"behaviour": [{"value": value}], "counterexample": rows, "fitting": []}
        verdict |= {
            "status": status,
            "points": exercise.points * (status == "right"),
            "score": float(status == "right"),
        }
        found[name] = verdict
    return found


def stands_alone(candidate: Any) -> bool:
    """Whether an answer is a statement of its module, and so has a text."""
    return getattr(sys.modules[candidate.__module__], candidate.__name__, None) is candidate


def answer_of(name: str, verdict: dict[str, Any], renamed: bool) -> str:
    from tplib.graders import registry

    exercise = registry.find(name)
    if verdict["status"] == "not attempted":
        return "# YOUR CODE HERE\nraise NotImplementedError()"
    if verdict["status"] == "right":
        return text_of(exercise.reference, name)
    made = [m.candidate for m in exercise.misconceptions if m.name == verdict["misconception"]]
    if not made:
        return f"def {name}(*args):\n    return {verdict['behaviour'][0]['value']}"
    text = text_of(made[0], name)
    return text.replace("result", "outcome").replace("total", "sum_of_all") if renamed else text


@cache
def text_of(candidate: Any, name: str) -> str:
    from tplib.graders.answer_text import answer_text

    return answer_text(candidate, name)


def problems_of(notebook: str) -> list[dict[str, Any]]:
    hint = "Shorten the cell, or train for fewer steps"
    reason = f"{notebook}.ipynb: a cell took more than 30 s and was stopped"
    return [{"kind": "time limit", "reason": reason, "hint": hint, "notebook": notebook, "repaired": False}]


def notebook_of(exercises: list[str], answers: dict[str, str], verdicts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    for name in exercises:
        answer = {"grade_id": f"answer-{name}", "solution": True, "grade": False, "locked": False}
        source = answers.get(name, "# YOUR CODE HERE\nraise NotImplementedError()")
        cells.append(_cell(source, answer, []))
        data = {VERDICT: verdicts[name], "text/plain": "verdict"} if name in verdicts else {}
        shown = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
        check = {"grade_id": f"check-{name}", "solution": False, "grade": True, "locked": True, "points": 1}
        cells.append(_cell(f'check("{name}")', check, [shown] if data else []))
    ran = {"sandbox": True, "judged": [f"check-{name}" for name in exercises], "unprotected": [], "tampering": []}
    return {"cells": cells, "metadata": {"tplib": ran}, "nbformat": 4, "nbformat_minor": 5}


def _cell(source: str, marks: dict[str, Any], outputs: list[dict[str, Any]]) -> dict[str, Any]:
    metadata = {"nbgrader": {"schema_version": 3, "task": False, **marks}}
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": outputs, "execution_count": 1}


def _enter_assignment(root: Path, assignment: str, plan: dict[str, list[str]], people: dict[str, str]) -> Any:
    """Enter the assignment and the class. Returns what makes the rows of a student's grades."""
    from tplib.graders import registry

    ids: dict[tuple[str, str], str] = {}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "nlp") as book:
        assigned = book.add_assignment(assignment, duedate=DUE.replace(tzinfo=None)).id
        for notebook, exercises in plan.items():
            ids[notebook, ""] = book.add_notebook(notebook, assignment).id
            for name in exercises:
                points = registry.find(name).points
                cell = book.add_grade_cell(f"check-{name}", notebook, assignment, max_score=points, cell_type="code")
                ids[notebook, name] = cell.id
        known = {student.id for student in book.students}
        for student, name in people.items():
            if student not in known:
                first, last = name.split(" ")
                book.add_student(student, first_name=first, last_name=last)

    def rows(student: str, when: datetime, verdicts: dict[str, dict[str, dict[str, Any]]]) -> list[dict[str, Any]]:
        submission = api.new_uuid()
        when = when.replace(tzinfo=None)
        of = {"id": submission, "assignment_id": assigned, "student_id": student, "timestamp": when}
        values: list[Any] = [(api.SubmittedAssignment, of)]
        for notebook, found in verdicts.items():
            mine = api.new_uuid()
            of = {"id": mine, "assignment_id": submission, "notebook_id": ids[notebook, ""]}
            values.append((api.SubmittedNotebook, {**of, "flagged": False, "late_submission_penalty": 0.0}))
            for name, verdict in found.items():
                grade = {"id": api.new_uuid(), "cell_id": ids[notebook, name], "notebook_id": mine}
                score = {"auto_score": verdict["points"], "needs_manual_grade": False}
                values.append((api.Grade, {**grade, **score}))
        return values

    return rows


def _insert(root: Path, values: list[Any]) -> None:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "nlp") as book:
        for table in (api.SubmittedAssignment, api.SubmittedNotebook, api.Grade):
            book.db.execute(insert(table.__table__), [row for of, row in values if of is table])
        book.db.commit()


if __name__ == "__main__":
    folder, *counts = sys.argv[1:]
    students, notebooks, assignments = [*map(int, counts), *(300, 6, 1)[len(counts) :]]
    for number in range(assignments):
        title = ASSIGNMENT if number == 0 else f"TP{6 + number}-Assignment"
        make_class(Path(folder), students, notebooks, title, seed=number + 1)
