"""A library that reads something when it is imported finds what the notebook has set before: as in a fresh kernel."""

from __future__ import annotations

import pytest
from plain_course import cells_of

CASES = {
    "a variable": (
        "import os\nos.environ['HF_HOME'] = '/tmp/hfx'",
        "import huggingface_hub.constants as c\nassert c.HF_HOME == '/tmp/hfx'",
    ),
    "a magic": ("%env MPLBACKEND=svg", "import matplotlib\nassert matplotlib.get_backend() == 'svg'"),
    "warnings": (
        "import warnings\nwarnings.simplefilter('error')",
        "import hypothesis\nfrom hypothesis import strategies as st\n@hypothesis.given(st.integers())\n"
        "def same(n):\n    assert n == n\nsame()",
    ),
    "a file": ("1", "import matplotlib\nassert matplotlib.rcParams['lines.linewidth'] == 7"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("count", [1, 4])  # with four, the instructor's notebook is run to see what it imports
def test_it_is_found(plain, case, count):
    sets, asks = CASES[case]
    plain.source(p=cells_of(sets, f"# test\n{asks}"))
    if case == "a file":
        (plain.root / "source/ps1/matplotlibrc").write_text("lines.linewidth: 7\n")
    for number in range(count):
        plain.hand_in(f"s{number}")
    result = plain.grade()
    assert result.exit_code == 0, result.stdout
    assert [plain.scores(f"s{number}") for number in range(count)] == [{"test-1": 1.0}] * count


def test_a_file_is_found_beside_a_check_too(plain):
    asks = "import matplotlib\nassert matplotlib.rcParams['lines.linewidth'] == 7"
    check = "# test\ncheck('relu')"
    plain.source(p=cells_of("from tplib.graders import check", check, f"# test\n{asks}"))
    (plain.root / "source/ps1/matplotlibrc").write_text("lines.linewidth: 7\n")
    plain.hand_in()
    plain.grade()
    assert plain.scores()["test-2"] == 1.0


def test_hypothesis_keeps_its_examples_beside_the_notebook(plain):
    """It took the folder in which it was imported, where nobody may write, and warned of that."""
    property_ = (
        "import hypothesis\nfrom hypothesis import strategies as st\n@hypothesis.given(st.integers())\n"
        "def small(n):\n    assert n < 9\ntry:\n    small()\nexcept AssertionError:\n    pass"
    )
    plain.source(p=cells_of("1", f"# test\n{property_}", "# test\nimport os\nassert os.path.isdir('.hypothesis')"))
    plain.hand_in()
    result = plain.grade()
    assert plain.scores() == {"test-1": 1.0, "test-2": 1.0}
    outputs = [output for cell in plain.autograded().cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert "plain nbgrader" not in result.stdout
