"""Each command that a page documents exists as it stands there, and is run by a test, or the table says why not."""

import re
import tomllib
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path

import pytest
from documented import ROOT, Command, documented
from typer.main import get_command

from tplib.cli import app

COMMANDS = documented()
TUTORIAL = "docs/your-own-course.md"  # tests/authoring/test_tutorial.py runs all of its commands
EXAMPLES = sorted({one.text for one in COMMANDS if one.example and not one.where.startswith(TUTORIAL)})
WALK = "tests/docs/test_walks.py"
STUDENTS = "tests/course/test_readme.py"  # it runs the README's lines as it finds them

# Which test runs the command. What a student or an instructor types is run in a class of its own.
RUN = {
    "tp doctor TP6": STUDENTS,
    "tp new TP6-TrainFFNN": STUDENTS,
    "tp data pull TP6-TrainFFNN": STUDENTS,
    "tp submit TP6-TrainFFNN": STUDENTS,
    "tp new TP6 --fresh 1_forward": WALK,
    "tp submit --check": WALK,
    "tp build": WALK,
    "tp build --watch": "tests/course/test_watching.py",
    "tp collect TP6-TrainFFNN nlp-TP6-4711.zip --roster Grades.csv": WALK,
    "tp collect TP6-TrainFFNN FILE.zip": WALK,
    "tp collect TP6-TrainFFNN --undo": WALK,
    "tp grade TP6-TrainFFNN": WALK,
    "tp grade ASSIGNMENT --due '2026-11-12 23:59'": WALK,
    "tp watch TP6-TrainFFNN": WALK,
    "tp feedback TP6-TrainFFNN": WALK,
    "tp report TP6-TrainFFNN": WALK,
    "tp export TP6-TrainFFNN --moodle Grades.csv": WALK,
    "tp export TP6-TrainFFNN --moodle Grades.csv --feedback feedback.zip": WALK,
    "tp export TP6-TrainFFNN --canvas Gradebook.csv": WALK,
    "tp export TP6-TrainFFNN -o marks.parquet": WALK,
    "tp grade ASSIGNMENT --only NAME": WALK,
    "tp grade ASSIGNMENT --compare": "tests/autograde/commands/test_compare.py",
    "tp export ASSIGNMENT -o marks.csv": "tests/lms/test_export.py",
    "tp grade TP6-TrainFFNN --student ada --force": "tests/autograde/commands/test_extensions.py",
    "tp extension TP6-TrainFFNN ada --days 1": "tests/autograde/commands/test_extensions.py",
    "tp extension ASSIGNMENT ada --days 1": "tests/autograde/commands/test_extensions.py",
    "tp extension ASSIGNMENT": "tests/autograde/commands/test_extensions.py",
    "tp grade --compare": "tests/autograde/commands/test_compare.py",
    "tp grade --draw": WALK,
    "tp grade ASSIGNMENT": "tests/autograde/commands/test_submitted.py",
    "tp grade ASSIGNMENT --force": "tests/autograde/commands/test_submitted.py",
    "tp feedback ASSIGNMENT": "tests/autograde/commands/test_submitted.py",
    "tp report ASSIGNMENT": "tests/autograde/commands/test_submitted.py",
    "tp grade --sandbox off": "tests/autograde/coordinator/test_disk.py",
    "tp doctor --attacks": "tests/autograde/sandbox/test_doctor.py",
}
# Why no test runs it. Patterns of shells.
NOT_RUN = {
    "tp build --execute *": "runs a notebook of the course; tests/course/test_kept.py runs a small one so",
    "make demo": "tests/demo/test_demo.py runs the same `tp demo`; make only installs first",
    "make test": "it is what runs these tests",
    "make book": "CI has a job for it: npm brings MathJax",
    "make bench": "minutes on an idle machine",
    "make fuzz": "ten minutes",
    "make coverage": "runs tests that run anyway",
    "pip install *": "would change the environment of the tests",
    "pre-commit install": "writes into .git",
    "jupyter labextension *": "would change the environment of the tests",
    "nbgrader db assignment add *": "tests/autograde/bridge/test_due_date.py runs nbgrader's own class of it",
    "nbgrader * ps1": "an exchange needs several users of one machine; the walk was done by hand",
    "tp grade ps1": "of the same walk; the engine's tests run `tp grade` as an instructor does",
    "tp feedback ps1": "of the same walk",
    "python tests/autograde/reports/synthetic_class.py *": "tests/browser/test_class_page.py makes smaller ones",
    "tp report TP6-TrainFFNN --course /tmp/class --open": "opens a browser; tests/autograde/reports has the page",
    "jupyter lab *": "a server that ends with Ctrl-C; the browser tests open it",
    "pytest *": "tests themselves",
    "TPLIB_* pytest *": "tests themselves, in their long form",
    "python benchmarks/*": "measures: minutes on an idle machine",
    "python tests/nn/samples.py": "needs the sources of PyTorch's tests, and rewrites a file",
    "python -m tplib.gpu.parallel": "tests/gpu/test_parallel.py trains the same in one process and in two",
    "torchrun *": "tests/gpu/test_parallel.py starts the processes; several machines are not here",
    "srun *": "needs SLURM",
    "docker *": "needs Docker",
    "podman *": "needs Podman",
    "tp grade ASSIGNMENT --cluster *": "needs a scheduler; tests/autograde/coordinator has Dask's own",
    "tp data pull mnist": "needs PyPI; tests/data/test_cli.py pulls a small set from a folder",
}


def test_the_pages_are_read():
    assert {"make demo", "tp build", "tp collect TP6-TrainFFNN nlp-TP6-4711.zip --roster Grades.csv"} <= set(EXAMPLES)
    assert len(EXAMPLES) > 50


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_command_is_run_or_has_a_reason(text):
    assert text in RUN or any(fnmatchcase(text, pattern) for pattern in NOT_RUN), (
        f"{text!r} is new: run it in {WALK}, or write in NOT_RUN why not"
    )


def test_the_tables_hold_nothing_that_no_page_says():
    texts = {command.text for command in COMMANDS}
    assert [text for text in RUN if text not in texts] == []
    assert [pattern for pattern in NOT_RUN if not any(fnmatchcase(text, pattern) for text in EXAMPLES)] == []


@pytest.mark.parametrize(("text", "path"), RUN.items())
def test_the_test_that_runs_it_is_there(text, path):
    source = (ROOT / path).read_text(encoding="utf-8")
    if path == WALK:
        assert f'run("{text}"' in source
    elif path != STUDENTS:
        words = text.split()[1:]
        options = [word for word in words if word.startswith("-")]
        assert all(f'"{word}"' in source for word in options or words[:1])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.where} {command.text}"[:80])
def test_what_it_names_exists(command):
    problems = list(wrong(command))
    assert not problems, f"{command.where}: {command.text}: {problems}"


def wrong(command: Command):
    """What of a command does not exist: its program's words, options, files, names."""
    for setting in command.settings:
        if not uses(setting.split("=")[0]):
            yield f"nothing reads {setting}"
    words = list(command.words)
    match words:
        case ["tp", *rest]:
            yield from wrong_tp(rest, command.example)
        case ["docker" | "podman" | "srun", *rest] if "tp" in rest:
            yield from wrong_tp(rest[rest.index("tp") + 1 :], True)
        case ["make", *targets]:
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            yield from (target for target in targets if not re.search(rf"^{re.escape(target)}:", makefile, re.M))
        case ["pytest", *rest]:
            yield from wrong_pytest(rest)
        case ["python", "-m", module, *_] | ["torchrun", _, "-m", module]:
            if find_spec(module) is None:
                yield module
        case ["python", script, *rest]:
            yield from wrong_script(ROOT / script, rest)
        case ["pip", "install", *packages]:
            yield from wrong_extras(packages)


def wrong_tp(words, whole):
    command = get_command(app)
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            yield f"tp has no {words[0]}"
            return
        command, words = command.commands[words[0]], words[1:]
    options = {name for option in command.params for name in [*option.opts, *option.secondary_opts]}
    yield from (word for word in words if word.startswith("-") and word not in options)
    if whole and "-" not in "".join(word[:1] for word in words[:1]):
        command.make_context("tp", list(words))  # a usage error fails the test


def wrong_pytest(words):
    chosen = words[words.index("-k") + 1] if "-k" in words else ""
    paths = [ROOT / word for word in words if "/" in word]
    yield from (str(path) for path in paths if not path.exists())
    if "-m" in words and words[words.index("-m") + 1] not in ("slow", "not slow"):
        yield "-m"
    if any(path.is_dir() for path in paths):  # there -k chooses among the exercises' names, too
        return
    if chosen and not any(re.search(rf"def test_\w*{chosen}", path.read_text(encoding="utf-8")) for path in paths):
        yield f"no test is called {chosen}"


def wrong_script(script: Path, words):
    if not script.is_file():
        yield f"no file {script}"
        return
    source = script.read_text(encoding="utf-8")
    for option in (word for word in words if word.startswith("--")):
        if f'"{option}"' not in source and not re.search(rf"\b{option[2:].replace('-', '_')}: ", source):
            yield option


def wrong_extras(packages):
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for package in packages:
        found = re.search(r"\[(\w+)\]$", package)
        if found and found[1] not in extras:
            yield package


def uses(variable: str) -> bool:
    paths = [path for folder in ("src", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    return any(variable in path.read_text(encoding="utf-8") for path in paths if path != Path(__file__))


@pytest.mark.parametrize(
    "text",
    [
        "tp nosuch",
        "tp grade --nosuch",
        "make nosuch",
        "pytest tests/nosuch.py",
        "pytest tests/docs/test_commands.py -k nosuch",
        "python benchmarks/nosuch.py",
        "python benchmarks/nn.py --nosuch",
        "python -m tplib.nosuch",
        "pip install -e .[nosuch]",
        "TPLIB_NO_SUCH=1 pytest tests/docs",
        "podman run IMAGE tp grade --nosuch",
    ],
)
def test_what_does_not_exist_is_seen(text):
    words = text.split()
    settings = tuple(words[:1]) if "=" in words[0] else ()
    assert list(wrong(Command("here", settings, tuple(words[len(settings) :]), True)))


def test_a_usage_error_is_seen():
    with pytest.raises(Exception, match="unexpected extra argument"):
        list(wrong(Command("here", (), ("tp", "collect", "TP6", "file.zip", "more.zip"), True)))
