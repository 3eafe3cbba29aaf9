"""The graders reject right answers changed in one place (docs/mutation.md has the figures for all exercises)."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tplib.graders import registry
from tplib.graders.answer_text import answer_text

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "benchmarks" / "mutation.py"
LISTED = tomllib.loads(SCRIPT.with_suffix(".toml").read_text(encoding="utf-8"))["survivor"]


@pytest.mark.slow
def test_no_mutant_survives_but_those_listed() -> None:
    names = ["minibatches", "hinge_loss", "mlp_backward"]
    done = subprocess.run([sys.executable, SCRIPT, *names], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted({entry["exercise"] for entry in LISTED}))
def test_what_is_listed_is_a_change_of_the_reference_as_it_is_now(name: str) -> None:
    exercise = registry.find(name)
    reference = lines_of(exercise.reference, name)
    others = set().union(*(lines_of(answer, name) for answer in exercise.alternatives))
    for entry in LISTED:
        if entry["exercise"] == name:
            assert set(entry["before"].splitlines()) <= (others if "alternative" in entry else reference), entry
            assert entry["after"] != entry["before"]


def lines_of(answer: Callable[..., object], name: str) -> set[str]:
    return {line.strip() for line in answer_text(answer, name).splitlines()}


def test_the_docs_count_what_is_listed() -> None:
    listed = [entry for entry in LISTED if "alternative" not in entry]
    text = (ROOT / "docs" / "mutation.md").read_text(encoding="utf-8")
    counts = re.search(
        r"([\d,]+) mutants; ([\d,]+) rejected; (\d+) accepted\. (\d+) of the (\d+) are no mistakes", text
    )
    assert counts, "the sentence with the figures"
    mutants, rejected, accepted, same, of = (int(number.replace(",", "")) for number in counts.groups())
    assert accepted == of == mutants - rejected == len(listed)
    assert same == sum(entry["equivalent"] for entry in listed)
    assert accepted == sum(map(int, re.findall(r"^\| `.*? \| (\d+) \|", text, re.M)))
