"""What is imported before the first submission comes, where it is judged; tried in processes of its own."""

import json
import subprocess
import sys

PROGRAM = """
import json, sys
from tplib.autograde.messages.plan import NotebookPlan
from tplib.autograde.messages.grading import Setup
from tplib.autograde.worker.warm_start import import_references

checks, names = json.load(sys.stdin)
plan = NotebookPlan("sheet", {}, [], checks={f"check-{name}": name for name in checks})
before = set(sys.modules)
import_references(Setup("ps1", "", {"sheet": plan}), names)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def imported(checks: list[str], names: list[str]) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps([checks, names]), capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


def test_exercises_come_with_what_notebooks_were_seen_to_import_of_their_packages():
    found = imported(["MLP"], ["torch", "torch._dynamo", "sklearn", "no_such_module", "torch.no_such_module"])
    assert {"tplib.exercises.tp6.pytorch", "torch", "torch._dynamo"} <= found
    assert "sklearn" not in found


def test_what_observers_import_in_their_functions_comes_before_the_first_submission():
    found = imported(["freeze_encoder"], ["transformers.models.bert", "sklearn_of_nobody"])
    assert {"tplib.exercises.tp8.trainer", "transformers.models.bert"} <= found


def test_without_exercises_nothing_of_the_notebooks_is_imported():
    assert not {"torch", "sklearn"} & imported([], ["torch", "sklearn"])
