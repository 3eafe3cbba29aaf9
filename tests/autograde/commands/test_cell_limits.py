"""c.Execute.timeout_func says how long each cell may run, and what cannot be followed is refused."""

from __future__ import annotations

import pytest
from plain_course import cells_of

BOTH = pytest.mark.parametrize("way", [(), ("--cold", "--sandbox", "off")], ids=["sandbox", "fresh kernel"])
FUNCTION = """
c = get_config()
c.Execute.timeout = 2

def seconds(cell):
    return {"# short": 1, "# long": 20}.get(cell.source.splitlines()[-1])

c.Execute.timeout_func = seconds
"""


@BOTH
def test_each_cell_has_the_limit_that_the_function_gives(plain, way):
    (plain.root / "nbgrader_config.py").write_text(FUNCTION)
    plain.source(
        p=cells_of(
            "# test\nimport time\ntime.sleep(2.5)\n# long",
            "# test\ntime.sleep(2.5)\n# short",
            "# test\ntime.sleep(2.5)",  # None: no limit
        )
    )
    plain.hand_in()
    result = plain.grade(*way)
    assert plain.scores() == {"test-0": 1.0, "test-1": 0.0, "test-2": 1.0}, result.stdout
    assert "the cell test-1 was stopped after 1 s" in result.stdout


def test_a_limit_of_the_command_line_is_stronger(plain):
    (plain.root / "nbgrader_config.py").write_text(FUNCTION)
    plain.source(p=cells_of("# test\nimport time\ntime.sleep(2.5)\n# long"))
    plain.hand_in()
    plain.grade("--cell-limit", "0.5")
    assert plain.scores() == {"test-0": 0.0}


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("timeout_func = lambda cell: 1 / 0", "c.Execute.timeout_func failed"),
        ("on_cell_start = print", "c.Execute.on_cell_start of the configuration is not followed here"),
    ],
)
def test_what_fails_or_cannot_be_followed_grades_nobody_and_is_named(plain, option, sentence):
    (plain.root / "nbgrader_config.py").write_text(f"c = get_config()\nc.Execute.{option}\n")
    plain.source(p=cells_of("# test\nassert True"))
    plain.hand_in()
    result = plain.grade()
    assert result.exit_code == 1
    assert sentence in " ".join(result.output.split())
