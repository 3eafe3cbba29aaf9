"""The class page of a made-up class: what was put into it is on the page, in a minute's reading, whatever its size."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from rich.console import Console
from synthetic_class import ASSIGNMENT, COPYING, DUE, make_class

from tplib.autograde.bridge.course import open_course
from tplib.autograde.commands.report_printing import print_summary
from tplib.autograde.coordinator.history import history_path, read_history
from tplib.autograde.coordinator.run_results import Score
from tplib.autograde.messages.problems import Problem
from tplib.autograde.reports.attention import who_needs_help
from tplib.autograde.reports.course_report import render_course
from tplib.autograde.reports.gradebook_rows import read_book
from tplib.autograde.reports.report import SECTIONS, render
from tplib.autograde.reports.results import Exercise, Misconception, Student, Summary, shared_problems
from tplib.autograde.reports.summary import summarise
from tplib.autograde.submissions.lateness import duration

STUDENTS = 42  # three of them hand in nothing


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made-up") / "course"
    make_class(root, STUDENTS, notebooks=2)
    return root


@pytest.fixture(scope="module")
def summary(root: Path) -> Summary:
    return summarise(open_course(root), ASSIGNMENT)


@pytest.fixture(scope="module")
def page(summary: Summary) -> str:
    return render(summary, "nlp")


def test_scores_and_lateness_are_nbgraders(root, summary):
    with open_course(root).gradebook() as gradebook:
        greatest = read_book(root, gradebook, ASSIGNMENT).greatest
        assert sum(greatest.values()) == gradebook.find_assignment(ASSIGNMENT).max_score
        for student in summary.students[::5]:
            theirs = gradebook.find_submission(ASSIGNMENT, student.name)
            assert student.score == theirs.score
            assert student.seconds_late == theirs.total_seconds_late
            for notebook in theirs.notebooks:
                assert student.notebooks[notebook.name] == Score.of(notebook)


def test_missing_and_late_students_are_on_the_page(summary, page):
    assert len(summary.missing) == 3
    assert len(summary.students) == STUDENTS - 3
    assert {student.name for student in summary.students}.isdisjoint(summary.missing)
    assert all(name in page for name in summary.missing)
    late = {student.name: duration((student.handed_in - DUE).total_seconds()) for student in summary.late}
    assert late
    for name, how_long in late.items():
        assert re.search(rf">{name}</a>.*?{how_long}", page, re.S)


def test_commands_on_the_page_name_the_course_where_it_is_not_here(summary, root, monkeypatch):
    waiting = replace(summary, ungraded=["somebody"])
    monkeypatch.chdir(root)
    assert f"<code>tp grade {ASSIGNMENT}</code>" in render(waiting)
    monkeypatch.chdir(root.parent)
    assert f"<code>tp grade {ASSIGNMENT} --course course</code>" in render(waiting)


def test_misconceptions_count_those_who_hold_them_now(summary, root):
    entries = {entry.student: entry for entry in read_history(root, ASSIGNMENT)}  # the last of each
    expected = Counter(
        (notebook, cell.removeprefix("check-"), found.misconception)
        for entry in entries.values()
        for notebook, cells in entry.cells.items()
        for cell, found in cells.items()
        if found.misconception
    )
    held = {(m.notebook, m.exercise, m.name): len(m.holders) for m in summary.misconceptions if m.holders}
    assert held == expected
    last = summary.over_time.moments[-1]
    assert last.handed_in == len(summary.students)
    assert last.held == [len(found.holders) for found in summary.over_time.followed]


def test_attempts_come_from_the_history(summary, root):
    gradings = Counter(entry.student for entry in read_history(root, ASSIGNMENT))
    assert {student.name: student.attempts for student in summary.students} == gradings
    overcome = [found for found in summary.misconceptions if found.overcome]
    assert overcome
    assert all(set(found.overcome).isdisjoint(found.holders) for found in overcome)


def test_without_a_history_the_page_tells_what_is_known(root, summary, tmp_path):
    kept = history_path(root, ASSIGNMENT)
    aside = kept.rename(tmp_path / kept.name)
    try:
        found = summarise(open_course(root), ASSIGNMENT)
    finally:
        aside.rename(kept)
    assert [student.attempts for student in found.students] == [1] * len(found.students)
    assert {m.name: m.holders for m in found.misconceptions} == {
        m.name: m.holders for m in summary.misconceptions if m.holders
    }
    text = render(found)
    assert "at their first attempt" not in text
    assert "was not recorded" in text


def test_those_who_hand_in_the_same_come_first_and_a_human_decides(summary, page, root):
    everyone = sorted([*(student.name for student in summary.students), *summary.missing])
    copying = sorted(name for name in everyone if name.endswith(tuple(f"-{place}" for place in COPYING)))
    assert summary.not_compared == ""
    assert summary.like_groups[0].students == copying
    assert "A human decides" in page
    assert summarise(open_course(root), ASSIGNMENT).like_groups == summary.like_groups


def test_every_section_is_there_and_every_table_has_a_caption_and_headers(page):
    for id, title in SECTIONS:
        assert f'<h2 id="{id}">{title}</h2>' in page
    tables = re.findall(r"<table.*?</table>", page, re.S)
    assert len(tables) > 8
    for table in tables:
        assert "<caption" in table
        assert 'scope="' in table
    assert page.lstrip().startswith("<!DOCTYPE html>\n<html lang=")
    assert page.count("<h1") == 1


def test_a_problem_of_one_kind_is_told_once_with_all_who_have_it(summary, page):
    shared = shared_problems(summary.students)
    assert all(len(one.students) > 1 for one in shared)
    for one in shared:
        assert unescape(page).count(one.problem.reason) == 1


def test_who_needs_help_and_why():
    cells = [("first", f"check-{number}") for number in range(10)]

    def student(name: str, statuses: str, **more: object) -> Student:
        words = {"r": "right", "w": "wrong", "n": "not attempted"}
        found = {cell: words[letter] for cell, letter in zip(cells, statuses, strict=True)}
        return Student(name, {"first": Score(statuses.count("r"), 10.0)}, statuses=found, **more)

    broken = Problem("broken file", "it ends in the middle", "Save it again")
    class_of = [
        *(student(f"right-{number}", "r" * 10) for number in range(6)),
        student("untouched", "n" * 10),
        student("zeros", "rrrrwwwwww"),
        student("stopped", "rrrrnnnnnn"),
        student("stuck", "rrrrrrrwww", attempts=3, scores=[7.0, 7.0, 7.0]),
        student("late", "r" * 10, seconds_late=29 * 86_400.0),
        student("minutes", "r" * 10, seconds_late=240.0),
        student("broken", "rr" + "n" * 8, problems=[broken]),
    ]
    base = Summary("ps1", ["first"], 10.0, class_of, [], [])
    exercises = [Exercise("first", name, 1.0, earned=[1.0]) for _, name in cells]
    helped = who_needs_help(replace(base, exercises=exercises))
    reasons = {one.student.name: "; ".join(one.reasons) for one in helped}
    assert next(iter(reasons)) == "untouched"
    assert reasons == {
        "untouched": "nothing was attempted",
        "broken": "not all could be graded (broken file); 8 of 10 exercises were not attempted",
        "zeros": "no point in 6 exercises that most of the class solved",
        "stopped": "6 of 10 exercises were not attempted",
        "stuck": reasons["stuck"],
        "late": "29 days late",
    }
    assert reasons["stuck"].endswith("3 attempts, and no more points than at first")


def test_a_page_of_odd_names_links_to_their_rows():
    names = ["ada lovelace", 'a"b<c>', "é", "\udc80"]
    students = [Student(name, {"first": Score(1.0, 2.0)}) for name in names]
    found = Misconception("negated", "relu", "first", "Is it?", names)
    page = render(Summary("ps1", ["first"], 2.0, students, [], [found]))
    page.encode(errors="replace")
    for place in range(1, 5):
        assert f'<tr id="s{place}">' in page
        assert f'href="#s{place}"' in page
    assert "<c>" not in page


def test_durations():
    expected = {2_505_605: "29 days", 90_000: "1 day 1 h", 12_000: "3 h 20 min", 240: "4 min", 3: "less than 1 min"}
    assert {seconds: duration(seconds) for seconds in expected} == expected


def test_a_course_of_several_assignments_is_one_page_with_links(summary):
    later = replace(summary, assignment="TP7", students=summary.students[1:], missing=[*summary.missing, "ada"])
    text = render_course([summary, later], "nlp")
    assert re.findall(r'href="([^"#]+)"', text) == [f"{ASSIGNMENT}.html", "TP7.html"]
    first = summary.students[0]
    assert re.search(rf">{first.name}</a>.*?handed in nothing in 1 of 2 assignments", text, re.S)
    shared = [found for found in summary.misconceptions if len(found.holders) > 1]
    assert all(found.title in unescape(text) for found in shared[:5])


def test_the_terminal_says_the_same_and_cuts_no_notebook_name(summary):
    console = Console(width=80, record=True, file=io.StringIO())
    print_summary(console, summary)
    text = console.export_text()
    for name in summary.notebooks:
        assert re.search(rf"│ {re.escape(name)} ", text)
    assert all(len(line) <= 80 for line in text.splitlines() if line.startswith(("┃", "│")))
    worst = summary.misconceptions[0]
    assert f"{len(worst.holders)} students: {worst.title}" in text
    assert summary.missing[0] in text
