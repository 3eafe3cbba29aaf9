"""The class report: what it counts, and that a submission cannot write into it."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tplib.autograde.bridge.course import open_course
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.coordinator.graded_notebook import read_graded
from tplib.autograde.reports.attention import who_needs_help
from tplib.autograde.reports.copies import Alike, fingerprints
from tplib.autograde.reports.report import histogram, render, write_report
from tplib.autograde.reports.results import Misconception
from tplib.autograde.reports.summary import summarise
from tplib.mime import VERDICT


@pytest.fixture(scope="module")
def summary(classroom):
    with nbgrader_at_work():
        return summarise(open_course(classroom.root), "ps1")


def test_counts_by_exercise(summary, classroom):
    by_name = {exercise.name: exercise for exercise in summary.exercises}
    assert list(by_name) == ["check-double", "check-half", "check-sign", "why", "check-answer"]
    for exercise in summary.exercises:
        assert exercise.counts.total() == len(classroom.by_student)
    assert by_name["check-sign"].counts["not attempted"] == 1
    assert by_name["check-double"].counts["not attempted"] == 1  # by its untouched answer cell
    assert by_name["check-sign"].counts["partial"] == 1
    assert by_name["check-answer"].counts["not handed in"] == 4
    assert by_name["check-answer"].counts["right"] == by_name["check-answer"].success * len(classroom.by_student)


def test_what_a_process_with_students_code_says_of_answers_is_not_believed(summary):
    """The checks of this course run beside the answers, which could print the same."""
    assert summary.misconceptions == []


def test_a_verdict_counts_only_where_the_examiner_judged(classroom, tmp_path):
    path = tmp_path / "first.ipynb"
    shutil.copy(classroom.root / "autograded/right/ps1/first.ipynb", path)
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            data = {VERDICT: {"status": "right", "exercise": "sign", "misconception": "call the dean"}}
            cell["outputs"] = [{"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}]
    path.chmod(0o644)
    path.write_text(json.dumps(notebook))
    assert read_graded(path).verdicts == {}
    rewrite(path, judged=["check-sign", "why"])
    assert list(read_graded(path).verdicts) == ["check-sign"]


def test_scores_and_problems(summary, classroom):
    for student in summary.students:
        assert student.score == classroom.by_student[student.name].score
        assert {problem.kind for problem in student.problems} == {
            problem.kind for problem in classroom.by_student[student.name].problems
        }


def test_a_file_that_cannot_be_read_was_handed_in_all_the_same(summary):
    unreadable = [one for one in summary.students if any(problem.kind == "broken file" for problem in one.problems)]
    assert unreadable
    for student in unreadable:
        assert "unreadable" in student.statuses.values()
        reasons = [found.reasons for found in who_needs_help(summary) if found.student is student]
        assert "first could not be read" in reasons[0]
        assert not any("first not handed in" in reason or "could be graded" in reason for reason in reasons[0])


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_page_is_self_contained_and_escaped(summary, classroom, tmp_path):
    told = Misconception("negated", "sign", "first", "<script>alert(1)</script>", ["wrong"])
    page = render(replace(summary, misconceptions=[told]), "tiny")
    parsed = Page()
    parsed.feed(page)
    names = {tag for tag, _ in parsed.tags}
    assert not names & {"script", "img", "link", "iframe", "object"}
    assert not any(name in attributes for _, attributes in parsed.tags for name in ("src", "onclick", "onload"))
    ids = [attributes["id"] for _, attributes in parsed.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes["href"] for _, attributes in parsed.tags if "href" in attributes} <= {f"#{name}" for name in ids}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "prefers-color-scheme: dark" in page
    assert "url(" not in page
    for exercise in summary.exercises:
        assert exercise.name.removeprefix("check-") in page


def test_page_is_written_whole_where_it_is_wanted(classroom, tmp_path):
    path, _ = write_report(classroom.root, "ps1", tmp_path / "deep" / "page.html")
    assert path.read_text().rstrip().endswith("</html>")
    assert [found.name for found in path.parent.iterdir()] == ["page.html"]


def test_histogram_counts_everyone_once():
    bars = histogram([0, 0.95, 5, 9.5, 9.5, 12], 9.5)
    assert [bar["count"] for bar in bars] == [1, 1, 0, 0, 0, 1, 0, 0, 0, 3]
    assert sum(bar["count"] for bar in histogram([1.0, 2.0], 0.0)) == 0
    assert all(0 <= bar["y"] <= 40 and re.fullmatch(r"\d+", str(bar["percent"])) for bar in bars)


def rewrite(path, **ran):
    notebook = json.loads(path.read_text())
    notebook["metadata"]["tplib"] = {**notebook["metadata"].get("tplib", {}), **ran}
    path.chmod(0o644)
    path.write_text(json.dumps(notebook))


def test_fairness_is_told(classroom, tmp_path):
    shutil.copytree(classroom.root, tmp_path / "course", symlinks=True)
    graded = tmp_path / "course/autograded"
    for student in ("right", "partial", "wrong"):
        rewrite(graded / student / "ps1/first.ipynb", sandbox=student != "wrong", unprotected=["check-half"])
    rewrite(graded / "wrong/ps1/first.ipynb", tampering=["<b>late</b> message on the channel"])
    with nbgrader_at_work():
        found = summarise(open_course(tmp_path / "course"), "ps1")
    assert found.outside[-1:] == ["wrong"]
    assert "check-half" in [exercise.name for exercise in found.unprotected]
    assert {student.name: student.tampering for student in found.students if student.tampering} == {
        "wrong": ["<b>late</b> message on the channel"]
    }
    long = "def sign(x):\n" + "".join(f"    y{i} = x + {i}\n" for i in range(12)) + "    return y1"
    found.alike = [Alike("first", "sign", ("ada", "bob"), False), Alike("first", "sign", ("eve",), True)]
    assert list(fingerprints(long))
    page = render(found, "tiny")
    assert "&lt;b&gt;late&lt;/b&gt; message on the channel" in page
    assert "not protected" in page
    assert "no sandbox" in page
    assert "our reference or one of its alternatives" in page
    assert "ada</a>, <a" in page
