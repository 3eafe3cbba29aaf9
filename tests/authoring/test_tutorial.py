"""docs/your-own-course.md works as it stands: its commands are run, and its code is written, one after the other."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tplib.autograde.sandbox import problem
from tplib.graders import course_folder, grade, registry
from tplib.graders.public_part import FILE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "your-own-course.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(console|python)\n(.*?)^```$", PAGE, re.M | re.S)
SPY = """
def weighted_mean(values, weights):
    return 0


import os
found = [
    os.path.join(place, name)
    for top in ("/tmp", "/home", "/root", "/work", {root!r}, os.getcwd())
    for place, _, names in os.walk(top)
    for name in names
    if name in ("weighted_mean.py", "range_of.py")
]
print("found:", found)
"""


def words(text: str) -> str:
    return " ".join(text.split())


class Reader:
    """Does what the page says."""

    def __init__(self, tp: Callable[[str], Result], monkeypatch: pytest.MonkeyPatch) -> None:
        self.tp, self.monkeypatch, self.ran = tp, monkeypatch, 0

    def console(self, text: str) -> None:
        output = ""
        for line in text.splitlines():
            if not line.startswith("$ "):
                assert words(line) in words(output), f"{line!r} is not in\n{output}"
                continue
            program, *arguments = shlex.split(line[2:])
            self.ran += 1
            if program == "tp":
                result = self.tp(shlex.join(arguments))
                output = result.output
                assert result.exit_code == ("lacks what students read" in words(output)), output
            elif program == "cd":
                self.monkeypatch.chdir(arguments[0])
            else:
                subprocess.run([program, *arguments], check=True)

    def python(self, text: str) -> None:
        where, code = text.split("\n", 1)
        path = Path(where.removeprefix("# ").removesuffix(", at its end"))
        if where.endswith(", at its end"):  # in the place of the skeleton's two cells
            before = path.read_text(encoding="utf-8")
            code = before[: before.rindex("# %% [markdown]\n# ### Exercise")] + code
            code = code.replace(
                "from tplib.graders import check", "import numpy as np\n\nfrom tplib.graders import check"
            )
        path.write_text(code, encoding="utf-8")


@pytest.mark.skipif(problem() is not None, reason="no sandbox on this machine")
def test_the_page_works_as_it_stands(tp: Callable[[str], Result], here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(tp, monkeypatch)
    for kind, text in BLOCKS:
        getattr(reader, kind)(text)
    assert reader.ran >= 12
    root = here / "statistics"

    scores = {student: points(root / "autograded" / student) for student in ("teacher", "nobody")}
    assert scores == {"teacher": 3, "nobody": 0}
    assert (root / "feedback" / "teacher" / "Describe" / "1_samples.html").is_file()
    assert "weighted_mean" in (root / "reports" / "Describe.html").read_text(encoding="utf-8")
    assert tp("build --check").exit_code == 0

    # A student who looks for the answers while they are graded.
    notebook = json.loads((root / "release" / "Describe" / "1_samples.ipynb").read_text(encoding="utf-8"))
    (answer,) = (cell for cell in notebook["cells"] if cell["id"] == "answer-weighted_mean")
    answer["source"] = SPY.format(root=str(root))
    (root / "submitted" / "spy" / "Describe").mkdir(parents=True)
    (root / "submitted" / "spy" / "Describe" / "1_samples.ipynb").write_text(json.dumps(notebook))
    assert tp("grade Describe --student spy").exit_code == 0
    graded = (root / "autograded" / "spy" / "Describe" / "1_samples.ipynb").read_text(encoding="utf-8")
    assert "found: []" in graded

    # The check on a student's machine, which has the release alone.
    shutil.copytree(root / "release" / "Describe", here / "student")
    monkeypatch.chdir(here / "student")
    course_folder.look_around()
    registry.forget()
    assert course_folder.current() == here / "student" / FILE
    wrong = grade("weighted_mean", lambda values, weights: (values * weights).sum() / len(values))
    assert wrong.misconception == "divided by n"
    handed_in = tp("submit . --check")
    assert "1_samples" in handed_in.output


def points(folder: Path) -> float:
    """What the check cells of a graded notebook show."""
    notebook = json.loads((folder / "Describe" / "1_samples.ipynb").read_text(encoding="utf-8"))
    shown = [cell["outputs"] for cell in notebook["cells"] if cell["id"].startswith("check-")]
    return sum(float("".join(outputs[0]["data"]["text/plain"])) for outputs in shown)


def test_what_it_says_of_equal_weights_is_so(
    tp: Callable[[str], Result], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tp("new-course statistics --assignment Describe --notebook 1_samples")
    monkeypatch.chdir(here / "statistics")
    (code,) = (text for kind, text in BLOCKS if kind == "python" and text.startswith("# exercises/"))
    code = code.replace("low=0.5, high=4", "low=1, high=1")
    Path("exercises/weighted_mean.py").write_text(re.sub(r", edges=.*\)\n", ")\n", code))
    shown = tp("prove weighted_mean --no-mutants")
    assert shown.exit_code == 1
    assert "accepted: the mistake 'plain mean' (exercises/weighted_mean.py" in words(shown.output)


def test_the_example_is_what_the_page_leads_to() -> None:
    (code,) = (text for kind, text in BLOCKS if kind == "python" and text.startswith("# exercises/"))
    example = (ROOT / "examples" / "statistics" / "exercises" / "weighted_mean.py").read_text(encoding="utf-8")
    assert code.split("\n", 1)[1] == example


def test_all_kinds_of_faults_are_explained() -> None:
    room = ROOT / "src" / "tplib" / "authoring"
    kinds = {
        kind for path in room.glob("*.py") for kind in re.findall(r'[Ff]ault\(\s*"([\w ]+)"', path.read_text("utf-8"))
    }
    told = set(re.findall(r"^\| `([\w ]+)` \|", PAGE, re.M))
    assert kinds - {"failed", "reference"} <= told
