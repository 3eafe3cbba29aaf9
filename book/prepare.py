"""Write the pages of the site to build/book/pages: the course's texts, its notebooks as students see them, the API."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import nbformat

from tplib.course.layout import Course
from tplib.exercises.coverage import CONCEPTS

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "build" / "book" / "pages"
DOCS = {
    "grading": "How grading works, and what is protected",
    "attacks": "Attacks and what comes of them",
    "platforms": "Moodle, Canvas, Gradescope",
    "your-own-course": "Write your own TP in an hour",
    "hub": "On a JupyterHub",
    "editors": "Editors, keyboard, screen reader",
    "graders": "How a verdict comes about",
    "mutation": "How the graders are tested",
    "pytorch": "tplib.nn beside PyTorch",
    "lectures": "Results of the lectures, reproduced",
    "benchmarks": "Speed",
    "gpu": "On a GPU",
    "several-gpus": "On several GPUs",
    "architecture": "The parts of the code",
}
API = ("nn", "data", "graders", "bias", "gpu", "hf", "plots")
WIDGET = "application/vnd.jupyter.widget-view+json"
MATHJAX = "mathjax@3"
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")


def main() -> None:
    shutil.rmtree(PAGES, ignore_errors=True)
    (PAGES / "_static").mkdir(parents=True)
    shutil.copy(ROOT / "book" / "conf.py", PAGES)
    fetch_mathjax(PAGES / "_static" / "tex-svg.js")
    for name in ("schedule", "notation", "glossary"):
        write_text(name, (ROOT / "course" / f"{name}.md").read_text("utf-8"))
    for name in DOCS:
        write_text(name, (ROOT / "docs" / f"{name}.md").read_text("utf-8"))
    for picture in (ROOT / "docs").glob("*.png"):
        shutil.copy(picture, PAGES)
    write_text("contributing", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    write_text("instructors", section((ROOT / "README.md").read_text("utf-8"), "Instructors"))
    write_text("students", section((ROOT / "README.md").read_text("utf-8"), "Students"))
    write_text("coverage", coverage())
    for page in Course(ROOT).pages():
        write_notebook(page)
    for room in API:
        write_api(room)
    write_index()


def write_text(name: str, text: str) -> None:
    """A page of text. Links to pages of the site stay; those to other files become the file's name."""

    def linked(found: re.Match[str]) -> str:
        target, anchor = Path(found[1]).name, found[2] or ""
        known = {*DOCS, "schedule", "notation", "glossary", "coverage"}
        if target == "CONTRIBUTING.md":
            return f"](contributing.md{anchor})"
        if target.removesuffix(".md") in known or target.endswith(".png"):
            return f"]({target}{anchor})"
        return "]"

    text = LINK.sub(linked, text)
    text = re.sub(r"(?<!!)\[([^\]\[]*)\](?!\()", r"\1", text) if name != "notation" else text
    (PAGES / f"{name}.md").write_text(text, "utf-8")


def section(text: str, title: str) -> str:
    """One section of the README as a page of its own."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)
    if found is None:
        sys.exit(f"README.md has no section {title!r}")
    return f"# {title}\n{found[1]}"


def coverage() -> str:
    lines = ["# What the exercises cover", "", "| no. | concept of the lectures | exercises |", "|---|---|---|"]
    for concept in CONCEPTS:
        lines.append(f"| {concept.number} | {concept.title} | {', '.join(f'`{name}`' for name in concept.exercises)} |")
    return "\n".join(lines) + "\n"


def write_notebook(page: object) -> None:
    """A notebook with its outputs, in which the answers are as students find them: to be written.

    What a solution cell shows is left out with the solution, and so are widgets, which need a kernel.
    """
    course = Course(ROOT)
    solved = nbformat.read(course.generated("source", page), as_version=4)  # type: ignore[arg-type]
    released = nbformat.read(course.generated("release", page), as_version=4)  # type: ignore[arg-type]
    outputs = {cell.id: cell.get("outputs", []) for cell in solved.cells}
    for cell in released.cells:
        is_answer = cell.metadata.get("nbgrader", {}).get("solution", False)
        cell.metadata = {"tags": cell.metadata.get("tags", [])}
        if cell.cell_type == "code":
            shown = [] if is_answer else outputs.get(cell.id, [])
            cell.outputs = [output for output in shown if WIDGET not in output.get("data", {})]
    released.metadata.pop("widgets", None)
    target = PAGES / page.assignment / f"{page.notebook}.ipynb"  # type: ignore[attr-defined]
    target.parent.mkdir(exist_ok=True)
    nbformat.write(released, target)


def write_api(room: str) -> None:
    """A page of the names that a package exports."""
    name = f"tplib.{room}"
    module = importlib.import_module(name)
    title = f"``{name}``"
    lines = [title, "=" * len(title), "", f".. automodule:: {name}", "", ""]
    names = getattr(module, "__all__", None) or [n for n in dir(module) if n[0] != "_"]
    for exported in names:
        value = getattr(module, exported)
        if getattr(value, "__module__", "").startswith("tplib"):
            kind = "class" if isinstance(value, type) else "function"
            options = ["   :members:", "   :show-inheritance:"] if kind == "class" else []
            lines += [f".. auto{kind}:: {name}.{exported}", *options, ""]
    (PAGES / f"api-{room}.rst").write_text("\n".join(lines), "utf-8")


def write_index() -> None:
    lines = [
        "# Neural networks for language",
        "",
        "Practical sessions of a master's course: notebooks whose exercises are checked where they are written.",
        "A check says what is right, shows the smallest input on which an answer is wrong, and names the mistake.",
        "",
    ]

    def tree(caption: str, names: list[str]) -> None:
        lines.extend(["```{toctree}", f":caption: {caption}", ":maxdepth: 1", *names, "```", ""])

    tree("The course", ["schedule", "notation", "glossary", "coverage"])
    course = Course(ROOT)
    for assignment in course.assignments():
        tree(assignment, [f"{page.assignment}/{page.notebook}" for page in course.pages([assignment])])
    tree("For students", ["students", "editors"])
    tree("For instructors", ["instructors", *list(DOCS)[:5]])
    tree("For contributors", ["contributing", *list(DOCS)[6:]])
    tree("Reference", [f"api-{room}" for room in API])
    (PAGES / "index.md").write_text("\n".join(lines), "utf-8")


def fetch_mathjax(target: Path) -> None:
    """MathJax as one file, from the package of npm, kept in build/."""
    kept = ROOT / "build" / "book" / "mathjax" / target.name
    if not kept.exists():
        if shutil.which("npm") is None:
            sys.exit("The site needs npm, from which MathJax comes: install it (Debian: apt-get install npm).")
        with tempfile.TemporaryDirectory() as scratch:
            subprocess.run(["npm", "pack", MATHJAX, "--silent"], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
            kept.parent.mkdir(parents=True, exist_ok=True)
            with tarfile.open(next(Path(scratch).glob("*.tgz"))) as archive:
                member = archive.extractfile(f"package/es5/{target.name}")
                assert member is not None
                kept.write_bytes(member.read())
    shutil.copy(kept, target)


if __name__ == "__main__":
    main()
