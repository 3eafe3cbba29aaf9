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
import sys
import tomllib
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from tplib.authoring.mutants import MORE_SEEDS, run, survived

HERE = Path(__file__).parent
RESULTS, REASONS = HERE / "out", HERE / "mutation.toml"


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
    options = parser.parse_args()
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
