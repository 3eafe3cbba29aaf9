"""`c.Execute.kernel_name` of the configuration: the kernel that runs all notebooks, as in nbgrader."""

from __future__ import annotations

import pytest
from plain_course import cells_of

NAMES = "# test\nassert type(get_ipython()).__name__ == 'ZMQInteractiveShell'"


@pytest.mark.parametrize("section", ["Execute", "ExecutePreprocessor", "NotebookClient"])
@pytest.mark.parametrize("way", [(), ("--sandbox", "off"), ("--cold", "--sandbox", "off")])
def test_a_kernel_of_this_python_grades_as_without_it(plain, section, way):
    (plain.root / "nbgrader_config.py").write_text(f"c = get_config()\nc.{section}.kernel_name = 'python3'\n")
    plain.source(p=cells_of("x = 1", NAMES, "# test\nassert x == 1"))
    plain.hand_in()
    result = plain.grade(*way)
    assert result.exit_code == 0, result.stdout
    assert plain.scores() == {"test-1": 1.0, "test-2": 1.0}
    kernelspec = plain.autograded().metadata.kernelspec
    assert kernelspec["display_name"] == "Python 3"


@pytest.mark.parametrize("way", [(), ("--sandbox", "off"), ("--cold", "--sandbox", "off")])
@pytest.mark.parametrize("name", ["nope", "python9"])
def test_one_that_is_not_installed_is_named_and_nobody_is_graded(plain, name, way):
    (plain.root / "nbgrader_config.py").write_text(f"c = get_config()\nc.Execute.kernel_name = {name!r}\n")
    plain.source(p=cells_of("# test\nassert True"))
    plain.hand_in()
    result = plain.grade(*way)
    told = " ".join(result.stdout.split())
    assert result.exit_code == 1
    assert f"the kernel {name} of c.Execute.kernel_name is not installed where notebooks are graded" in told
    assert not (plain.root / "autograded/amy").exists()
