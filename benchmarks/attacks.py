"""What plain `nbgrader autograde` does with each hostile submission, beside what `tp grade` does: docs/attacks.md.

The same submissions and the same checks, which nbgrader runs in the student's kernel as it does all tests. Each attack
has a course of its own (those that only look for points or secrets: up to eight in one): a student graded before, the
attacker, a student graded after. So that the machine survives, nbgrader runs in a process and mount namespace of its
own, with /tmp, /var/tmp and /dev/shm of 256 MB, as an ordinary user, with 4 GiB of address space and 400 processes;
what an attack does within that is what is reported.

    python benchmarks/attacks.py [NAME...]      # minutes; what is in benchmarks/out/attacks.json is not run again
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tplib.autograde.attacks import Attack, attacks, run_attacks
from tplib.autograde.attacks.course import ASSIGNMENT, RIGHT, answered, build_course, folder_of, write_notebook
from tplib.autograde.attacks.outcome import gained
from tplib.autograde.attacks.run import SHOWN_IN_PAGES, points
from tplib.autograde.attacks.watch import VARIABLE, Watch, digests

# These end, and stay in their own process: many of them share one run of nbgrader.
QUIET = [
    "changed_cases",
    "changed_library",
    "deep_output",
    "early_message",
    "equal_to_everything",
    "event_hooks",
    "exit_hooks",
    "forged_observation",
    "hidden_answers",
    "import_hook",
    "imported_reference",
    "input_transformer",
    "kernel_keyring",
    "kernel_settings",
    "late_message",
    "lying_array",
    "lying_class",
    "lying_number",
    "lying_observer",
    "lying_signature",
    "lying_subclass",
    "malformed_answer",
    "namespaces_again",
    "network",
    "other_memory",
    "other_roots",
    "oversized_message",
    "page_scripts",
    "page_svg",
    "patched_builtins",
    "patched_graders",
    "patched_numpy",
    "patched_shell",
    "patched_torch",
    "read_course",
    "read_environment",
    "read_hidden_tests",
    "replaced_check",
    "replayed_message",
    "rewritten_outputs",
    "searched_memory",
    "stolen_channel",
    "swapped_modules",
    "timed_examiner",
    "transformed_asserts",
    "endless_comparison",
    "odd_values",
    "odd_values_forged",
    "colliding_keys",
    "forged_records",
    "page_language",
    "page_verdict",
    "unix_sockets",
]
HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "out" / "attacks.json", HERE.parent / "docs" / "attacks.md"
ORDINARY = 64321
SECONDS = 180
TOGETHER = 8
INSIDE = """
for folder in /tmp /var/tmp /dev/shm; do mount -t tmpfs -o mode=1777,size=256m none $folder; done
cd "$1"; shift
"$@" > "$HOME/log" 2>&1
echo "ended $?"
sleep 0.5
grep -lsx left-over /proc/[0-9]*/comm > /dev/null && echo "left a process running"
find /var/tmp /dev/shm "$HOME" -name 'planted-by-attack*' | grep -q . && echo "left a file that runs or is read later"
ls /dev/shm | grep -q planted && echo "left a file that runs or is read later"
true
"""


def python() -> list[str]:
    """The command for a Python that the ordinary user can read, if this is root."""
    if os.geteuid() != 0:
        return [sys.executable]
    user = ["setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups"]
    for found in (sys.executable, "/usr/bin/python3"):
        check = f"import os, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]} or "
        check += "not os.path.exists(sys.executable))"
        if subprocess.run([*user, found, "-c", check], cwd="/", capture_output=True).returncode == 0:
            return [*user, found]
    sys.exit("attacks: as root this needs a Python of the same version that others can read too; run it as a user")


def contained(root: Path, home: Path, canary: str, command: list[str], seconds: int = SECONDS) -> list[str]:
    """Run nbgrader on the course; the lines that say how it ended and what it left."""
    packages = os.pathsep.join(path for path in sys.path if "site-packages" in path or path.endswith("/src"))
    environment = {
        "HOME": str(home),
        "PATH": os.pathsep.join([str(root.parents[1] / "bin"), str(root.parent / "bin"), "/usr/bin", "/bin"]),
        "PYTHONPATH": packages,
        "JUPYTER_PATH": os.path.join(sys.prefix, "share", "jupyter"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        VARIABLE: canary,
    }
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    limits = ["prlimit", f"--as={4 << 30}", "--nproc=400", f"--fsize={256 << 20}", "--core=0"]
    # Making pages runs nothing of the students'.
    who = [sys.executable] if command[0] == "generate_feedback" else python()
    run = ["timeout", "--kill-after=5", str(seconds), *limits, *who, "-m", "nbgrader", *command]
    apart = ["unshare", *user, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    started = time.monotonic()
    done = subprocess.run(
        [*apart, "sh", "-c", INSIDE, "sh", str(root), *run],
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=False,
    )
    if time.monotonic() - started > seconds:
        return ["late", *done.stdout.splitlines()[1:]]
    return done.stdout.splitlines() or [f"ended {done.returncode} {done.stderr[-300:]}"]


def own(*folders: Path) -> None:
    if os.geteuid() == 0:
        for folder in folders:
            subprocess.run(["chown", "-hR", f"{ORDINARY}:{ORDINARY}", str(folder)], check=True)


def make_template(scratch: Path, canary: str) -> Path:
    """A course that nbgrader knows, where one student is graded."""
    root, home = scratch / "template", scratch / "home"
    home.mkdir()
    (scratch / "bin").mkdir()  # nbgrader starts alembic by its name
    (scratch / "bin" / "alembic").write_text(f'#!/bin/sh\nexec {python()[-1]} -m alembic "$@"\n')
    (scratch / "bin" / "alembic").chmod(0o755)
    build_course(root, canary)
    for name in ("nora", "zoe"):
        shutil.rmtree(root / "submitted" / name)
    own(root, home)
    for command in (["generate_assignment", ASSIGNMENT], ["autograde", ASSIGNMENT]):
        ended = contained(root, home, canary, command)
        if ended[0] != "ended 0":
            sys.exit(f"attacks: nbgrader {command[0]}: {ended}\n{(home / 'log').read_text()[-2000:]}")
    return root


def attacked(template: Path, together: list[Attack], canary: str) -> dict[str, str]:
    """What came of the attacks, in one run of plain nbgrader, in words."""
    place = Path(tempfile.mkdtemp(dir=template.parent))
    try:
        root, home = place / "course", place / "home"
        shutil.copytree(template, root, symlinks=True)
        home.mkdir()
        for attack in together:
            attack.submit(folder_of(root, attack.name))
        write_notebook(folder_of(root, "zoe") / "task.ipynb", answered(RIGHT))
        own(place)
        if (secret := root / "secret.txt").exists() and os.geteuid() == 0:  # hard_link: somebody else's file
            os.chown(secret, 65534, 65534)
        place.chmod(0o755)
        before = digests(root)
        ended = contained(root, home, canary, ["autograde", ASSIGNMENT], SECONDS * len(together))
        if any(attack.name.startswith(SHOWN_IN_PAGES) for attack in together):
            contained(root, home, canary, ["generate_feedback", ASSIGNMENT], SECONDS * len(together))
        harm = harmed(root, ended, digests(root) != before)
        return {attack.name: "; ".join(judge(root, attack, canary, harm)) for attack in together}
    finally:
        subprocess.run(["rm", "-rf", str(place)], check=False)


def harmed(root: Path, ended: list[str], changed: bool) -> list[str]:
    """What was done to others, and to the run."""
    scores = read_scores(root)
    found = ["changed another's grade"] if scores.get("abel") != 0 else []
    if changed:
        found.append("changed the course or another's submission")
    found += ended[1:]
    zoe = scores.get("zoe")
    if zoe is None:
        late = f"the run did not end in {SECONDS} s"
        found.append(late if ended[0] == "late" else "the run stopped: the others are not graded")
    elif zoe != 1:
        found.append(f"the next student has {zoe:g} of 1 point")
    return found


def judge(root: Path, attack: Attack, canary: str, harm: list[str]) -> list[str]:
    score = read_scores(root).get(attack.name)
    found = []
    if attack.honest:
        found.append("the honest answer is not graded" if score is None else f"{score:g} of 1 point")
    elif score is not None and score > 0:
        found.append(f"{points(score)} for a wrong answer")
    with contextlib.suppress(OSError, ValueError):
        found += gained(root, attack.name, canary)
    found += harm
    return list(dict.fromkeys(found)) or ["not graded" if score is None else "0 points"]


def read_scores(root: Path) -> dict[str, float]:
    """The scores of those who are graded, from the gradebook."""
    query = """
        SELECT submitted_assignment.student_id, SUM(COALESCE(grade.manual_score, grade.auto_score, 0))
        FROM submitted_assignment
        JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
        JOIN grade ON grade.notebook_id = submitted_notebook.id
        GROUP BY submitted_assignment.student_id
    """
    with contextlib.closing(sqlite3.connect(root / "gradebook.db", timeout=10)) as book:
        found = dict(book.execute(query).fetchall())
    graded = {name for name in found if (folder_of(root, name, "autograded") / "task.ipynb").exists()}
    return {name: float(score) for name, score in found.items() if name in graded}


def write_page(results: dict[str, str], rows: list[Any]) -> None:
    ours = {row.name: row for row in rows}
    harmless = ("0 points", "not graded", "1 of 1 point", "not run")
    lost = [name for name, outcome in results.items() if outcome not in harmless]
    withstood = [row.name for row in rows[:-1] if row.withstood]
    lines = [
        "# Hostile submissions: plain nbgrader and tplib",
        "",
        (HERE / "attacks.md").read_text(encoding="utf-8").strip(),
        "",
        f"**{len(lost)} of the {len(results)}** run through plain nbgrader did something to it (bold); `tp grade` "
        f"withstood {len(withstood)} of {len(rows) - 1}.",
        "",
        "| attack | what it tries | plain `nbgrader autograde` | `tp grade` |",
        "|---|---|---|---|",
    ]
    for attack in attacks():
        theirs = cell(results.get(attack.name, "not run"))
        theirs = f"**{theirs}**" if attack.name in lost else theirs
        lines.append(f"| `{attack.name}` | {cell(attack.tries)} | {theirs} | {cell(ours[attack.name].outcome)} |")
    others = ours["(the others)"]
    lines.append(f"| (the others) | {others.tries} | see each row | {cell(others.outcome)} |")
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--scratch", type=Path, default=Path("/srv" if os.geteuid() == 0 else Path.home()))
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--page", action="store_true", help="only write the page from what was run before")
    arguments = parser.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    chosen = [a for a in attacks() if a.name in arguments.names or not (arguments.names or a.name in results)]
    scratch = Path(tempfile.mkdtemp(prefix="attacks-", dir=arguments.scratch))
    scratch.chmod(0o755)
    canary = f"canary-{secrets.token_hex(8)}"
    try:
        if chosen and not arguments.page:
            template = make_template(scratch, canary)
            with Watch(template, canary), ThreadPoolExecutor(arguments.parallel) as pool:
                quiet = [attack for attack in chosen if attack.name in QUIET]
                groups = [quiet[at : at + TOGETHER] for at in range(0, len(quiet), TOGETHER)]
                groups += [[attack] for attack in chosen if attack.name not in QUIET]
                running = [pool.submit(attacked, template, group, canary) for group in groups]
                for group, future in zip(groups, running, strict=True):
                    try:
                        found = future.result()
                    except Exception as error:
                        print(f"{[attack.name for attack in group]}: not run: {error!r}", flush=True)
                        continue
                    print(found, flush=True)
                    results |= found
                    RESULTS.parent.mkdir(exist_ok=True)
                    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True))
    finally:
        subprocess.run(["rm", "-rf", str(scratch)], check=False)
    write_page(results, run_attacks())


if __name__ == "__main__":
    main()
