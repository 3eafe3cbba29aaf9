"""The pages of the site: notebooks with outputs and without answers, links that lead somewhere."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tplib.course.layout import Course, Page

ROOT = Path(__file__).parents[2]


@pytest.fixture
def prepare(tmp_path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "book" / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PAGES = tmp_path
    return module


def test_notebooks_hold_outputs_and_no_answer(prepare: Any) -> None:
    course = Course(ROOT)
    for page in course.pages():
        prepare.write_notebook(page)
        written = nbformat.read(prepare.PAGES / page.assignment / f"{page.notebook}.ipynb", as_version=4)
        released = nbformat.read(course.generated("release", page), as_version=4)
        assert [cell.source for cell in written.cells] == [cell.source for cell in released.cells]
        assert any(cell.get("outputs") for cell in written.cells)
        for cell, given in zip(written.cells, released.cells, strict=True):
            if given.metadata.get("nbgrader", {}).get("solution"):
                assert not cell.get("outputs")
            assert all(prepare.WIDGET not in output.get("data", {}) for output in cell.get("outputs", []))


def test_links_between_texts_lead_to_pages(prepare: Any) -> None:
    prepare.write_text("grading", (ROOT / "docs" / "grading.md").read_text("utf-8"))
    text = (prepare.PAGES / "grading.md").read_text("utf-8")
    targets = {target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)}
    pages = {f"{name}.md" for name in (*prepare.DOCS, "schedule", "notation", "glossary", "coverage", "contributing")}
    assert {target for target in targets if target and not target.startswith("http")} <= pages


def test_every_text_is_on_the_site(prepare: Any) -> None:
    assert {path.stem for path in (ROOT / "docs").glob("*.md")} == set(prepare.DOCS)


def test_the_texts_and_the_api_make_pages_without_a_warning(prepare: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """`make book` without its notebooks and without MathJax: a fifth of its time, and no npm."""

    class Texts(Course):
        def assignments(self) -> list[str]:
            return []

        def pages(self, *names: Any) -> list[Page]:
            return []

    monkeypatch.setattr(prepare, "Course", Texts)
    monkeypatch.setattr(prepare, "PAGES", tmp_path / "pages")
    monkeypatch.setattr(prepare, "fetch_mathjax", lambda target: target.write_text(""))
    prepare.main()
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "pages", "html"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in (*prepare.DOCS, "instructors", "students", "coverage", "glossary", "contributing", "api-nn", "search"):
        assert (tmp_path / "html" / f"{name}.html").is_file()
    assert "softmax" in (tmp_path / "html" / "searchindex.js").read_text("utf-8")


def test_a_section_that_is_gone_is_said(prepare: Any) -> None:
    with pytest.raises(SystemExit, match="no section 'Nobody'"):
        prepare.section("# Title\n", "Nobody")
