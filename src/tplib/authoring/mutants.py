"""Does a grader reject wrong code that nobody thought of? A right answer, changed in one place, is judged.

The changes are mutmut's. Each exercise is judged in a process of its own, `python -m tplib.authoring.mutants NAME`:
what a mutant leaves behind stays there.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from difflib import ndiff
from pathlib import Path
from typing import Any, NamedTuple

from tplib.errors import TplibError
from tplib.graders import course_folder

SEEDS = (None, 1, 2)  # the public cases, and two draws of secret ones
MORE_SEEDS = range(3, 103)  # for survivors: is there a case that tells them from the right answer?
SECONDS, MEMORY = 5, 8 * 2**30  # of processor time, for one judgement: some mutants never end


class Mutant(NamedTuple):
    before: str  # the changed line, or lines
    after: str
    text: str


class _TooLong(BaseException):
    """Not an Exception, so that neither the mutant nor the grader takes it for the mutant's own."""


def mutants(text: str) -> Iterator[Mutant]:
    """The text of an answer with one change each: an operator, number, text, argument, assignment, condition."""
    from mutmut.mutation.file_mutation import create_mutations

    module, mutations, _, _ = create_mutations("answer.py", text)
    for mutation in mutations:
        changed = module.deep_replace(mutation.original_node, mutation.mutated_node).code  # type: ignore[attr-defined]
        lines = [line for line in ndiff(text.splitlines(), changed.splitlines()) if line[0] in "+-"]
        before, after = ("\n".join(line[2:].strip() for line in lines if line[0] == sign) for sign in "-+")
        if not _is_alias(before):
            yield Mutant(before, after, changed)


def _is_alias(line: str) -> bool:
    """Whether a line only names a type, as `Array = np.ndarray`."""
    name, equals, _ = line.partition(" = ")
    return bool(equals) and name.isidentifier() and name[0].isupper() and not name.isupper()


def score(exercise: Any, text: str, seed: int | None) -> float | str:
    """The score of an answer's text, as a notebook would define it; "error" and "timeout" where there is none."""
    from tplib.graders.judge import judge

    notebook: dict[str, Any] = {"__name__": "__main__"}
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        exec(compile(text, "<answer>", "exec"), notebook)
        return judge(exercise, notebook[exercise.name], seed, shrink=False).score
    except _TooLong:
        return "timeout"
    except Exception:  # not even defined
        return "error"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def survey(name: str, alternatives: bool, more: Sequence[int]) -> list[dict[str, Any]]:
    """What became of each mutant of one exercise. more: further draws on which survivors are judged."""
    from tplib.graders import registry
    from tplib.graders.answer_text import answer_text

    exercise = registry.find(name)
    found = []
    for answer in (exercise.reference, *(exercise.alternatives if alternatives else ())):
        text = answer_text(answer, name)
        score(exercise, text, None)  # imports what is needed: on a busy machine that takes longer than an answer may
        if not score(exercise, text, None) == score(exercise, text, None) == 1.0:
            raise TplibError(f"{answer.__name__}, as a student would write it in a cell of its own, is not accepted")
        for mutant in mutants(text):
            scores: list[float | str] = []
            for seed in SEEDS:
                scores.append(score(exercise, mutant.text, seed))
                if scores[-1] == "timeout":
                    break
            told = sum(score(exercise, mutant.text, seed) != 1.0 for seed in more) if 1.0 in scores else None
            entry = {"exercise": name, "answer": answer.__name__, "before": mutant.before, "after": mutant.after}
            found.append({**entry, "scores": scores, "told": told})
    return found


def run(name: str, alternatives: bool = False, more: Sequence[int] = MORE_SEEDS) -> list[dict[str, Any]]:
    """Survey one exercise in a process of its own. Raises TplibError where that cannot be done."""
    command = [sys.executable, "-m", "tplib.authoring.mutants", json.dumps([name, alternatives, list(more)])]
    exercises = {course_folder.VARIABLE: str(course_folder.current() or "")}
    with tempfile.TemporaryDirectory(prefix="tp-mutants-") as folder:
        Path(folder, "setup.cfg").write_text("[mutmut]\nsource_paths=.\n")  # mutmut asks for it where it is imported
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=folder, env=os.environ | exercises
        )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"it ended with exit code {done.returncode}"])[-1]
        raise TplibError(f"{name} cannot be changed and judged: {last.removeprefix('tplib.errors.TplibError: ')}")
    entries: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return entries


def survived(entry: dict[str, Any]) -> bool:
    return 1.0 in entry["scores"]


def main() -> None:
    """Survey one exercise and print the result as JSON."""

    def ring(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, ring)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    name, alternatives, more = json.loads(sys.argv[1])
    print(json.dumps(survey(name, alternatives, more)))


if __name__ == "__main__":
    main()
