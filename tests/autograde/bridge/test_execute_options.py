"""Each option of nbgrader's Execute is followed, refused, or in the table of differences."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from traitlets.config import Config

from tplib.autograde.bridge.course import Course
from tplib.autograde.bridge.execute_options import FOLLOWED, REFUSED, WITHOUT_EFFECT, require_followed, with_kernel
from tplib.autograde.messages.plan import NotebookPlan
from tplib.errors import TplibError

TABLE = (Path(__file__).parents[3] / "docs/grading.md").read_text("utf-8").partition("on purpose\n")[2]


class OwnExecute(Execute):
    """Would change what is run."""


def app_with(section="Execute", **options):
    app = AutogradeApp(config=Config({section: options}))
    app.coursedir = CourseDirectory(parent=app)
    return app


def test_no_option_of_the_installed_versions_is_unknown():
    options = set(Execute.class_traits(config=True))
    assert options == options & (FOLLOWED | WITHOUT_EFFECT | set(REFUSED))
    assert not FOLLOWED & WITHOUT_EFFECT
    assert not set(REFUSED) & (FOLLOWED | WITHOUT_EFFECT)


@pytest.mark.parametrize("option", sorted(WITHOUT_EFFECT))
def test_what_has_no_effect_stands_in_the_table(option):
    assert f"`{option}`" in TABLE


@pytest.mark.parametrize("section", ["Execute", "ExecutePreprocessor", "NotebookClient"])
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("extra_arguments", ["--IPKernelApp.pylab=inline"]),
        ("force_raise_errors", True),
        ("on_cell_start", print),
        ("on_notebook_complete", print),
    ],
)
def test_what_would_change_grades_is_refused(section, option, value):
    with pytest.raises(TplibError, match=f"c.Execute.{option} of the configuration is not followed here"):
        require_followed(app_with(section, **{option: value}))


def test_usual_lines_and_what_has_no_effect_are_not():
    usual = {"timeout": 60, "extra_arguments": ["--HistoryManager.hist_file=:memory:"], "iopub_timeout": 30}
    require_followed(app_with(**usual, interrupt_on_timeout=False, timeout_func=len))
    require_followed(app_with("Other", on_cell_start=print))


def test_a_class_of_its_own_that_runs_notebooks_is_refused():
    with pytest.raises(TplibError, match="OwnExecute, which runs notebooks in its own way"):
        require_followed(app_with("Autograde", autograde_preprocessors=[OwnExecute]))
    require_followed(app_with("Autograde", autograde_preprocessors=["nbgrader.preprocessors.Execute"]))


def test_the_kernel_that_is_named_is_the_notebooks():
    plans = {"p": NotebookPlan("p", {}, [], '{"name": "python3"}')}
    for section in ("Execute", "NotebookClient"):
        plan = with_kernel(plans, app_with(section, kernel_name="ir"))["p"]
        assert (plan.asked_kernel, plan.kernelspec) == ('{"name": "ir"}', '{"name": "python3"}')
    assert with_kernel(plans, app_with()) == plans


def test_the_limits_say_whether_a_function_is_asked():
    def limits(**options):
        return Course(Path(), app_with(**options), SimpleNamespace()).limits()

    assert limits(timeout=7).cell == 7
    assert not limits(timeout=7).by_function
    asked = limits(timeout=7, timeout_func=len)
    assert asked.by_function
    assert not asked.with_cell(3).by_function  # --cell-limit is stronger
