"""The options of nbgrader's Execute: which the engine follows, and which it refuses, for they would change grades.

`WITHOUT_EFFECT` stands in the table of differences in docs/grading.md. A test requires that each option of the
installed versions is in one of the three.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from traitlets import TraitError
from traitlets.utils.importstring import import_item

from tplib.autograde.messages.plan import NotebookPlan
from tplib.errors import TplibError

FOLLOWED = {"enabled", "kernel_name", "skip_cells_with_tag", "timeout", "timeout_func"}
WITHOUT_EFFECT = {
    "allow_error_names",  # no error ends grading
    "error_on_timeout",
    "execute_retries",
    "interrupt_on_timeout",
    "iopub_timeout",
    "ipython_hist_file",
    "kernel_manager_class",  # nbgrader sets its own
    "raise_on_iopub_timeout",
    "record_timing",
    "shell_timeout_interval",
    "shutdown_kernel",
    "startup_timeout",
    "store_widget_state",
}
HOOK = "what it does to a cell or a kernel would be left out. Do it in a preprocessor of c.Autograde"
REFUSED = {
    "extra_arguments": "most notebooks run without a kernel. Put what they say into the notebooks' first cell",
    "force_raise_errors": "one failing test would end the grading of a submission",
    **{f"on_cell_{when}": HOOK for when in ("start", "execute", "executed", "complete", "error")},
    **{f"on_notebook_{when}": HOOK for when in ("start", "complete", "error")},
}
HISTORY = "--HistoryManager."  # of an argument that changes nothing: no history is kept
OF_OTHERS = ("nbgrader.", "nbconvert.")


def execute_options(app: Any) -> Any:
    """nbgrader's Execute with the configuration of `app`. Raises TplibError where that is not valid."""
    from nbgrader.preprocessors import Execute

    try:
        return Execute(parent=app)
    except TraitError as error:
        raise TplibError(f"the configuration's c.Execute is not valid: {error}") from error


def require_followed(app: Any) -> None:
    """Raise TplibError for an option that would change grades in nbgrader and is not followed here."""
    from nbgrader.converters import Autograde
    from nbgrader.preprocessors import Execute

    converter = Autograde(coursedir=app.coursedir, parent=app)
    for name in ("sanitize_preprocessors", "autograde_preprocessors"):
        require_plain(imported(name, getattr(converter, name)))
    configured, usual = execute_options(app), Execute()
    for name in configured.traits(config=True):
        if name in FOLLOWED | WITHOUT_EFFECT:
            continue
        value = getattr(configured, name)
        if name == "extra_arguments":
            value = [argument for argument in value if not str(argument).startswith(HISTORY)]
        if value != getattr(usual, name):
            why = REFUSED.get(name, "nobody can say here what it would change")
            raise TplibError(f"c.Execute.{name} of the configuration is not followed here: {why}, or leave it out")


def imported(option: str, preprocessors: list[Any]) -> list[Any]:
    """The classes that an option of Autograde names. Raises TplibError where one cannot be imported."""
    try:
        return [import_item(each) if isinstance(each, str) else each for each in preprocessors]
    except ImportError as error:
        raise TplibError(f"c.Autograde.{option} of the configuration names what cannot be imported: {error}") from error


def require_plain(preprocessors: list[Any]) -> None:
    """Raise TplibError where the configuration runs notebooks by a class of its own, which would be left out."""
    from nbconvert.preprocessors import ExecutePreprocessor

    for kind in preprocessors:
        own = isinstance(kind, type) and not f"{kind.__module__}.".startswith(OF_OTHERS)
        if own and issubclass(kind, ExecutePreprocessor):
            raise TplibError(
                f"c.Autograde.autograde_preprocessors names {kind.__name__}, which runs notebooks in its own way; here "
                "they run in the sandbox. Do what it changes in a preprocessor that stands before nbgrader's Execute"
            )


def with_kernel(plans: dict[str, NotebookPlan], app: Any) -> dict[str, NotebookPlan]:
    """The plans with the kernel of c.Execute.kernel_name, if it names one, for their runs.

    As in nbgrader, what a notebook says of its own kernel stays what it is.
    """
    execute = execute_options(app)
    sections = [kind.__name__ for kind in type(execute).mro() if kind.__name__ in app.config]
    if not any("kernel_name" in app.config[section] for section in sections) or not execute.kernel_name:
        return plans
    return {name: replace(plan, kernel=execute.kernel_name) for name, plan in plans.items()}
