"""Do the graders reject wrong code that nobody thought of? Each right answer, changed in one place, is judged.

    python benchmarks/mutation.py                       # the references of all exercises
    python benchmarks/mutation.py --alternatives        # the alternative right answers too
    python benchmarks/mutation.py softmax hinge_loss    # these exercises
    python benchmarks/mutation.py --report              # the last results again

The changes are mutmut's, made in the text that a student would hand in. Results go to benchmarks/out/mutation.json, one
exercise after the other; benchmarks/mutation.toml says of each known survivor why it is one, docs/mutation.md has the
figures. Exits with 1 if a survivor is not listed.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

HERE = Path(__file__).parent
RESULTS, REASONS = HERE / "out", HERE / "mutation.toml"
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
        changed = module.deep_replace(mutation.original_node, mutation.mutated_node).code
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
        return judge(exercise, notebook[exercise.name], seed).score
    except _TooLong:
        return "timeout"
    except Exception:  # not even defined
        return "error"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def survey(name: str, alternatives: bool) -> list[dict[str, Any]]:
    """What became of each mutant of one exercise."""
    from tplib.demo.answers import answer_text
    from tplib.graders import registry

    exercise = registry.find(name)
    found = []
    for answer in (exercise.reference, *(exercise.alternatives if alternatives else ())):
        text = answer_text(answer, name)
        score(exercise, text, None)  # imports what is needed: on a busy machine that takes longer than an answer may
        assert score(exercise, text, None) == score(exercise, text, None) == 1.0, f"{answer.__name__} is not accepted"
        for mutant in mutants(text):
            scores: list[float | str] = []
            for seed in SEEDS:
                scores.append(score(exercise, mutant.text, seed))
                if scores[-1] == "timeout":
                    break
            told = sum(score(exercise, mutant.text, seed) != 1.0 for seed in MORE_SEEDS) if 1.0 in scores else None
            entry = {"exercise": name, "answer": answer.__name__, "before": mutant.before, "after": mutant.after}
            found.append({**entry, "scores": scores, "told": told})
    return found


def child(name: str, alternatives: bool) -> None:
    """Survey one exercise and print the result as JSON."""

    def ring(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, ring)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # The smallest failing input is for the reader; it changes no score, and is most of a check's time.
    with mock.patch("tplib.graders.judge.smallest", lambda exercise, fails, known: known):
        print(json.dumps(survey(name, alternatives)))


def run(name: str, alternatives: bool) -> list[dict[str, Any]]:
    """Survey one exercise in a process of its own: mutants may leave anything behind."""
    command = [sys.executable, __file__, "--child", name, *(["--alternatives"] if alternatives else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"mutation.py: {name} stopped with exit code {done.returncode}:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def survived(entry: dict[str, Any]) -> bool:
    return 1.0 in entry["scores"]


def known() -> dict[tuple[str, str, str], dict[str, Any]]:
    """The listed survivors by exercise and change."""
    listed = tomllib.loads(REASONS.read_text())["survivor"] if REASONS.exists() else []
    return {(entry["exercise"], entry["before"], entry["after"]): entry for entry in listed}


def report(entries: list[dict[str, Any]]) -> int:
    """Print a row an exercise and the survivors without a reason; returns the number of these."""
    reasons, console = known(), Console()
    table = Table("exercise", "mutants", "rejected", "equivalent", "survivors", title="mutants of right answers")
    total, unlisted = [0, 0, 0, 0], []
    for name in dict.fromkeys(entry["exercise"] for entry in entries):
        own = [entry for entry in entries if entry["exercise"] == name]
        alive = [entry for entry in own if survived(entry)]
        reason = {id(entry): reasons.get((name, entry["before"], entry["after"])) for entry in alive}
        same = [entry for entry in alive if (found := reason[id(entry)]) and found["equivalent"]]
        unlisted += [entry for entry in alive if not reason[id(entry)]]
        row = [len(own), len(own) - len(alive), len(same), len(alive) - len(same)]
        total = [a + b for a, b in zip(total, row, strict=True)]
        table.add_row(name, *map(str, row))
    table.add_section()
    table.add_row("all", *map(str, total))
    console.print(table)
    changing = total[0] - total[2]
    console.print(
        f"{total[1]} of {changing} mutants that change behaviour are rejected: {100 * total[1] / changing:.1f} %"
    )
    for entry in unlisted:
        told = f"{entry['told']} of {len(MORE_SEEDS)} further seeds reject it"
        change = f"- {entry['before']}\n+ {entry['after']}".replace("\n", "\n    ")
        console.print(f"{entry['exercise']} ({entry['answer']}): {told}, not in {REASONS.name}\n    {escape(change)}")
    return len(unlisted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="exercises (default: all)")
    parser.add_argument("--alternatives", action="store_true", help="change the alternative right answers too")
    parser.add_argument("--report", action="store_true", help="show the last results, judge nothing")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.names[0], options.alternatives)
        return
    from tplib.graders import exercises, registry

    names = options.names or [exercise.name for exercise in exercises()]
    for name in options.names:
        registry.find(name)
    file = RESULTS / ("mutation_alternatives.json" if options.alternatives else "mutation.json")
    results = json.loads(file.read_text()) if file.exists() else {}
    if not options.report:
        RESULTS.mkdir(exist_ok=True)
        for name in track(names, "mutants"):
            results[name] = run(name, options.alternatives)
            file.write_text(json.dumps(results, indent=1))
    sys.exit(1 if report([entry for name in names for entry in results.get(name, [])]) else 0)


if __name__ == "__main__":
    main()
