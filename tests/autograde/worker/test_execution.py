"""How notebooks are run: outputs as nbclient's, limits that hold, and a forkserver that stays clean."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.examiner.candidate_server import CandidateServer
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookOutcome, NotebookRun
from tplib.autograde.messages.grading import Setup
from tplib.autograde.messages.plan import NotebookPlan
from tplib.autograde.processes import can_fork
from tplib.autograde.worker.execution import Execution
from tplib.autograde.worker.execution_problems import execution_problems
from tplib.autograde.worker.kernel_process import run_in_fresh_kernel

needs_fork = pytest.mark.skipif(not can_fork(), reason="this platform cannot fork candidates")
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
Way = Callable[[NotebookRun], NotebookOutcome]


def notebook(*sources: str) -> dict[str, Any]:
    return new_notebook(cells=[new_code_cell(source) for source in sources], metadata=PYTHON)


@pytest.fixture(scope="module")
def warm(tmp_path_factory) -> Iterator[Way]:
    if not can_fork():
        pytest.skip("this platform cannot fork candidates")
    server = CandidateServer(tmp_path_factory.mktemp("warm"))
    with Launcher(server) as launcher:
        yield launcher.run
    server.close()


class Runs:
    """Runs notebooks, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    def make(self, *sources: str, limits: Limits | None = None) -> NotebookRun:
        self.count += 1
        folder = self.folder / f"work-{self.count}"
        folder.mkdir()
        return NotebookRun(f"run-{self.count}", notebook(*sources), folder, limits or Limits(cell=5))

    def __call__(self, way: Way, *runs: NotebookRun) -> list[NotebookOutcome]:
        return [way(run) for run in runs]


@pytest.fixture
def runs(tmp_path):
    return Runs(tmp_path)


def text(outcome: NotebookOutcome, cell: int = 0) -> str:
    return "".join(output.get("text", "") for output in outcome.cells[cell].outputs)


SAMPLE = [
    "import sys\nprint('out')\nprint('err', file=sys.stderr)\n6 * 7",
    "1;",
    "",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nNone",
    "fig, ax = plt.subplots()\nfig",
    "%matplotlib inline\nx = !echo from the shell\nx",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "from IPython.display import HTML, Markdown, clear_output, display\n"
    "handle = display(Markdown('*one*'), display_id=True)",
    "handle.update(Markdown('*two*'))\ndisplay(HTML('<i>shown</i>'))",
    "print('gone')\nclear_output()\nprint('kept')",
    "print('gone too')\nclear_output(wait=True)\nprint('kept too')",
    "def f():\n    return 1 / 0\nf()",
    "this is no Python",
    "%%capture caught\nprint('caught')",
    "caught.stdout",
    "input('name? ')",
    "%no_such_magic",
    "_",
    "class Pair:\n    def __repr__(self): return 'pair'\n    def _repr_html_(self): return '<b>pair</b>'\nPair()",
    "import warnings\nwarnings.warn('careful')",
    "import numpy as np\nnp.arange(3)",
    "raise KeyboardInterrupt",
    "In[1], Out[1]",
    "sys.exit(1)",
    "!exit 3",
    "_exit_code",
    "task = asyncio.create_task(asyncio.sleep(0, 'from the background'))\ntask.done()",
    "task.result()",
    "asyncio.get_event_loop().is_running(), asyncio.get_running_loop() is asyncio.get_event_loop()",
    "later = asyncio.sleep(0)\ntry:\n    asyncio.run(later)\nfinally:\n    later.close()",  # no warning about it later
    "await task\n1 / 0",
    "type(get_ipython()).__name__, type(get_ipython()).__module__, get_ipython().has_trait('kernel')",
    "!sleep 0 &",
    "from ipywidgets import Output\nout = Output()\nwith out:\n    print('to the widget')\n    1 / 0",
    "out.outputs[0]['text'], out.outputs[1]['ename']",
    "import os\nos.path.basename(sys.argv[0]), sys.argv[1]",
]


def comparable(outputs: list[dict[str, Any]]) -> list[Any]:
    """Outputs without what differs between any two processes: addresses, paths, image bytes, traceback layout."""
    found: list[Any] = []
    for output in outputs:
        if output["output_type"] == "stream":
            value = re.sub(r"\S*ipykernel\S*|<ipython-input\S*|/tmp/\S*", "FILE", output["text"])
            if found and found[-1][:2] == ["stream", output["name"]]:
                found[-1][2] += value
            else:
                found.append(["stream", output["name"], value])
        elif output["output_type"] == "error":
            found.append(["error", output["ename"], output["evalue"].split("(", 1)[0]])
        else:
            data = {mime: value if mime.startswith("text/") else "..." for mime, value in output["data"].items()}
            found.append([output["output_type"], data, output.get("metadata"), output.get("execution_count")])
    return found


PNG = "iVBORw0KGgo="


def test_pictures_that_are_spared_are_those_handed_in(warm, runs):
    figures = "import matplotlib.pyplot as plt\nfor k in (1, 2):\n    plt.figure()\n    plt.plot([k])"
    run = runs.make(
        figures, "plt.plot([1])\n'said'", "class Drawn:\n    def _repr_png_(self): 1 / 0\nDrawn()", "plt.plot([1])"
    )
    run.kept_pictures = {0: [PNG], 1: [PNG, PNG], 2: []}
    cells = runs(warm, run)[0].cells
    shown = [[output["data"].get("image/png") for output in cells[k].outputs] for k in range(4)]
    assert shown[:3] == [[PNG, None], [None, PNG], [None]]
    assert len(shown[3][1]) > 1000
    assert cells[0].outputs[1]["data"]["text/plain"].startswith("<Figure size ")


@needs_fork
@pytest.mark.slow
def test_outputs_are_nbclients(warm, runs, tmp_path):
    [here] = runs(warm, runs.make(*SAMPLE))
    there = run_in_fresh_kernel(runs.make(*SAMPLE), tmp_path, tmp_path / "log")
    assert here.reason is None
    assert there.reason is None
    for index, source in enumerate(SAMPLE):
        if "input(" in source:
            assert here.cells[index].outputs[0]["ename"] == there.cells[index].outputs[0]["ename"]
            continue
        ours = comparable(here.cells[index].outputs) if index in here.cells else []
        theirs = comparable(there.cells[index].outputs) if index in there.cells else []
        assert ours == theirs, source
        if index in here.cells:
            assert here.cells[index].count == there.cells[index].count, source
    assert here.language_info is not None
    assert here.language_info == {**there.language_info, **here.language_info}


@needs_fork
def test_children_share_nothing_but_the_imports(warm, runs):
    source = "import random, os, sys\nleft_over = 'here' in globals()\nhere = 1\nopen('file', 'w').close()\n"
    source += "print(left_over, os.listdir(), sys.argv[1:2], random.random(), sorted(os.environ['OMP_NUM_THREADS']))"
    first, second = runs(warm, runs.make(source), runs.make(source))
    for outcome in (first, second):
        assert text(outcome).startswith("False ['file'] ['-f'] ")
        assert text(outcome).endswith("['1']\n")
    assert text(first) != text(second)  # each has a random state of its own


@needs_fork
def test_what_programs_print_belongs_to_the_cell(warm, runs):
    [outcome] = runs(warm, runs.make("import subprocess\nsubprocess.run(['echo', 'from a program'])\nNone"))
    assert text(outcome) == "from a program\n"


@needs_fork
def test_failure_cannot_be_silenced(warm, runs):
    silence = "get_ipython().showtraceback = get_ipython()._showtraceback = lambda *args, **kwargs: None"
    [outcome] = runs(warm, runs.make(silence, "assert False, 'no'"))
    assert [output["ename"] for output in outcome.cells[1].outputs] == ["AssertionError"]


@needs_fork
def test_hub_look_ups_are_off(warm, runs):
    [outcome] = runs(
        warm, runs.make("import os\nprint(os.environ['HF_HUB_OFFLINE'], os.environ['HF_DATASETS_OFFLINE'])")
    )
    assert text(outcome) == "1 1\n"


@needs_fork
def test_late_cell_is_interrupted_and_the_rest_runs(warm, runs):
    [outcome] = runs(
        warm, runs.make("while True: pass", "import time\ntime.sleep(60)", "'after'", limits=Limits(cell=0.3))
    )
    assert [outcome.cells[i].timed_out for i in range(3)] == [True, True, False]
    assert outcome.cells[0].outputs[-1]["ename"] == "CellTimeoutError"
    assert outcome.cells[2].outputs[0]["data"]["text/plain"] == "'after'"
    assert outcome.reason is None


@needs_fork
def test_cell_that_ignores_the_interrupt_is_killed(warm, runs):
    deaf = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nwhile True: pass"
    before, [outcome] = time.monotonic(), runs(warm, runs.make("x = 'kept'", deaf, "x", limits=Limits(cell=0.3)))
    assert time.monotonic() - before < 20
    assert outcome.crashed == {1: "the cell did not stop after 0.3 s"}
    assert outcome.cells[1].timed_out
    assert outcome.cells[2].outputs[0]["data"]["text/plain"] == "'kept'"


@needs_fork
def test_notebook_limit(warm, runs):
    limits = Limits(cell=None, notebook=0.8)
    [outcome] = runs(warm, runs.make("import time\ntime.sleep(0.1)", "time.sleep(30)", limits=limits))
    assert (outcome.stopped_at, outcome.reason) == (1, "the notebook took longer than 0.8 s")


@needs_fork
def test_memory_limit(warm, runs):
    [outcome] = runs(warm, runs.make("x = bytearray(1 << 31)", "'after'", limits=Limits(memory=1 << 30)))
    assert outcome.cells[0].outputs[0]["ename"] == "MemoryError"
    assert outcome.cells[1].outputs[0]["data"]["text/plain"] == "'after'"


@needs_fork
def test_output_is_capped(warm, runs):
    endless = "import os\nfor _ in range(300): os.write(1, b'x' * 100_000)"
    shown = "from IPython.display import display\nfor _ in range(20): display({'image/png': 'x' * 2_000_000}, raw=True)"
    [outcome] = runs(warm, runs.make("print('y' * 30_000_000)", endless, shown, "'after'"))
    assert outcome.cut
    assert 1 << 20 <= len(text(outcome, 0)) < (1 << 20) + 100
    assert 1 << 20 <= len(text(outcome, 1)) < (1 << 20) + 100
    assert sum(len(output["data"].get("image/png", "")) for output in outcome.cells[2].outputs) <= 8 << 20
    assert outcome.cells[3].outputs[0]["data"]["text/plain"] == "'after'"


@needs_fork
@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os\nos._exit(0)", "the code ended its Python process (exit code 0)"),
        ("import os\nos._exit(7)", "the code ended its Python process (exit code 7)"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
    ],
)
def test_crash_is_explained_and_costs_one_cell(warm, runs, source, reason):
    crashed, unharmed = runs(warm, runs.make("x = 'kept'; print('once')", source, "x"), runs.make("'fine'"))
    assert crashed.stopped_at is None
    assert reason in crashed.crashed[1]
    assert text(crashed, 0) == "once\n"
    assert crashed.cells[1].outputs[0]["ename"] == "NotFinished"
    assert crashed.cells[2].outputs[0]["data"]["text/plain"] == "'kept'"
    assert unharmed.reason is None


@needs_fork
def test_background_process_ends_with_its_notebook(warm, runs):
    [outcome] = runs(warm, runs.make("import subprocess\nprint(subprocess.Popen(['sleep', '300']).pid)"))
    pid = int(text(outcome))
    for _ in range(50):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]:
            return
        time.sleep(0.1)
    pytest.fail(f"process {pid} is still there")


@needs_fork
def test_server_is_started_again_when_a_notebook_kills_it(tmp_path, runs):
    server = CandidateServer(tmp_path)

    def way(run: NotebookRun) -> NotebookOutcome:
        with Launcher(server) as launcher:
            return launcher.run(run)

    try:
        killer = "import os, signal, time\ntime.sleep(0.3)\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(5)"
        beside = runs.make("'kept'", killer), runs.make("import time\ntime.sleep(1)\n'fine'")
        with ThreadPoolExecutor(2) as threads:
            bad, good = threads.map(way, beside)
        assert bad.reason == "the code killed the process that grades it"
        assert good.cells[0].outputs[0]["data"]["text/plain"] == "'fine'"
        assert way(runs.make("'again'")).reason is None
    finally:
        server.close()


@pytest.mark.slow
def test_fresh_kernel_keeps_its_limits(tmp_path, runs):
    def way(run: NotebookRun) -> NotebookOutcome:
        return run_in_fresh_kernel(run, tmp_path, tmp_path / "log")

    late = way(runs.make("'kept'", "while True: pass", "'after'", limits=Limits(cell=1, notebook=30)))
    assert late.cells[1].timed_out
    assert late.cells[2].outputs[0]["data"]["text/plain"] == "'after'"
    dead = way(runs.make("'kept'", "import os\nos._exit(1)", "'never'", limits=Limits(cell=1, notebook=30)))
    assert dead.cells[0].outputs[0]["data"]["text/plain"] == "'kept'"
    assert (dead.stopped_at, sorted(dead.cells)) == (1, [0])
    endless = way(runs.make("'kept'", "while True: pass", limits=Limits(cell=None, notebook=6)))
    assert endless.reason == "the notebook took longer than 6 s"
    assert endless.stopped_at in (0, 1)  # on a busy machine the kernel alone may take as long


PLANS = {"sheet": NotebookPlan("sheet", {}, [])}


@pytest.mark.slow
@pytest.mark.parametrize("warm_wanted", [True, False])
def test_where_forking_is_unsafe_or_unwanted_kernels_are_used(tmp_path, runs, monkeypatch, warm_wanted):
    if warm_wanted:
        monkeypatch.setattr("sys.platform", "darwin")
    execution = Execution(Setup("ps1", "", PLANS, warm=warm_wanted), tmp_path)
    outcome = execution.run("sheet", runs.make("type(get_ipython()).__name__"))
    execution.close()
    assert outcome.cells[0].outputs[0]["data"]["text/plain"] == "'ZMQInteractiveShell'"
    assert execution.launchers == {}


def test_a_server_that_cannot_start_is_a_failure_of_the_grading(tmp_path, runs, monkeypatch):
    monkeypatch.setattr("tplib.autograde.worker.execution.can_fork", lambda: True)
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    execution = Execution(Setup("ps1", "", PLANS), tmp_path)
    outcome = execution.run("sheet", runs.make("1"))
    execution.close()
    assert "no-python" in outcome.failed
    assert (outcome.stopped_at, outcome.cells) == (None, {})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("def relu(x):\n    y = x * (x > 0\n    return y", r"SyntaxError in line 2: '\(' was never closed"),
        ("def relu(x):\nreturn x", "IndentationError in line 2: "),
        ("dfe relu(x):\n    return x", "SyntaxError in line 1: "),
        ("@faster\ndef relu(x):\n    return x * (x > 0)", "NameError: name 'faster' is not defined"),
        ("import no_such_module\ndef relu(x):\n    return x", "ModuleNotFoundError: No module named 'no_such_module'"),
    ],
)
def test_an_answer_whose_cell_fails_is_an_attempt_that_does_not_run(warm, runs, answer, error):
    run = replace(runs.make("import numpy as np", answer, "check('relu')"), checks={2: "relu"})
    outcome = warm(run)
    verdict = outcome.verdicts[2]
    assert (verdict["status"], verdict["score"]) == ("wrong", 0.0)
    assert re.match(rf"The cell that defines `relu` failed \({error}", verdict["message"])
    [problem] = execution_problems("1_forward", outcome)
    assert problem.kind == "does not run"
    assert re.match(rf"1_forward.ipynb: the cell that defines `relu` failed \({error}", problem.reason)


@pytest.mark.parametrize(
    ("above", "status"),
    [
        ("def relu(x):\n    raise NotImplementedError", "not attempted"),
        ("pass", "not attempted"),
        ("def relu(x):\n    return x * (x > 0)\nrelu('a')\nno_such_name", "right"),
        ("def other(x:\n    pass", "not attempted"),
    ],
)
def test_what_does_not_define_the_answer_changes_nothing(warm, runs, above, status):
    outcome = warm(replace(runs.make("import numpy as np", above, "check('relu')"), checks={2: "relu"}))
    assert outcome.verdicts[2]["status"] == status
    assert not execution_problems("1_forward", outcome)
