"""The candidate server imports all it can, and stays without threads."""

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.candidate.preload import remember_patterns
from tplib.autograde.examiner import candidate_server
from tplib.autograde.examiner.candidate_server import CandidateServer
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.notebook_files import load
from tplib.autograde.processes import can_fork
from tplib.autograde.worker.imports import imported_modules
from tplib.autograde.worker.warm_start import learn_imports

pytestmark = pytest.mark.skipif(not can_fork(), reason="this platform cannot fork candidates")

THREAD = "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Writes modules where the candidate server finds them."""
    folder = tmp_path / "packages"
    monkeypatch.setenv("PYTHONPATH", str(folder))

    def write(sources: dict[str, str]) -> None:
        for name, source in sources.items():
            path = folder / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source)

    return write


@pytest.fixture
def preloaded(tmp_path):
    """Has a candidate server import modules; which of them notebooks find there."""

    def preload(*modules: str) -> list[str]:
        # Not before now: Python remembers of a folder on its path that it was not there.
        preload.warm = CandidateServer(tmp_path)
        preload.warm.preload(list(modules))
        found = found_in(preload.warm, list(modules), tmp_path)
        assert [name for name in modules if name in preload.warm.modules] == found
        return found

    preload.warm = None
    yield preload
    if preload.warm is not None:
        preload.warm.close()


def found_in(warm: CandidateServer, modules: list[str], folder: Path) -> list[str]:
    """Those of `modules` that a notebook finds imported; the server must have no thread but its own."""
    assert threads(warm) == 1
    source = f"import json, sys\nprint(json.dumps([name for name in {modules!r} if name in sys.modules]))"
    with Launcher(warm) as launcher:
        outcome = launcher.run(NotebookRun("who", notebook(source), folder / "empty", Limits(cell=30)))
    found: list[str] = json.loads(outcome.cells[0].outputs[0]["text"])
    return found


def notebook(*sources: str) -> dict[str, Any]:
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def threads(warm: CandidateServer) -> int:
    return len(os.listdir(f"/proc/{warm.process.pid}/task"))


def starts(monkeypatch) -> list[None]:
    seen: list[None] = []
    start = CandidateServer._start
    monkeypatch.setattr(CandidateServer, "_start", lambda self: (seen.append(None), start(self)))
    return seen


def test_only_what_imports_the_thread_is_left_out(package, preloaded, monkeypatch):
    package(
        {
            "calm": "",
            "deep/__init__": "from deep import base\nfrom deep import threads\n",
            "deep/base": "",
            "deep/threads": THREAD,
            "user": "try:\n    import deep.base\nexcept Exception:\n    pass\n",
            "careless": "try:\n    import deep\nexcept:\n    deep = None\n",
            "later": "import calm\n",
        }
    )
    again = starts(monkeypatch)
    assert preloaded("deep.base", "deep", "deep.threads", "user", "calm", "careless", "later") == ["calm", "later"]
    assert preloaded.warm.excluded == {"deep.threads"}
    assert len(again) == 1 + 2  # to exclude it, and to be rid of what was half imported


def test_many_modules_that_start_threads_end_the_search(package, preloaded, monkeypatch):
    count = 3 * candidate_server.ATTEMPTS
    package({"before": "", "after": "", **{f"t{number}": THREAD for number in range(count)}})
    again = starts(monkeypatch)
    assert preloaded("before", *(f"t{number}" for number in range(count)), "after") == ["before"]
    assert len(again) == 1 + candidate_server.ATTEMPTS


def test_a_module_whose_thread_ends_comes_in(package, preloaded, monkeypatch):
    package({"brief": "import threading\nthreading.Timer(0.05, int).start()\n", "after": ""})
    again = starts(monkeypatch)
    assert preloaded("brief", "after") == ["brief", "after"]
    assert len(again) == 1


def test_an_import_that_ends_the_process_is_survived(package, preloaded):
    package({"calm": "", "deadly": "import os\nos._exit(3)\n"})
    assert preloaded("calm", "deadly") == []


@pytest.mark.parametrize(
    "name",
    [
        "numpy",
        "torch",
        "pandas",
        "pyarrow",
        "sklearn.ensemble",
        "matplotlib.pyplot",
        "transformers.trainer",
        "accelerate",
    ],
)
def test_the_packages_of_the_course_start_no_thread(preloaded, name):
    if importlib.util.find_spec(name.partition(".")[0]) is None:
        pytest.skip(f"{name} is not installed")
    assert preloaded(name) == [name]


def test_what_the_notebooks_of_the_course_import_comes_in(preloaded):
    root = Path(__file__).parents[3] / "source"
    names = [name for path in sorted(root.rglob("*.ipynb")) for name in imported_modules(load(path))]
    names = [name for name in dict.fromkeys(names) if name not in sys.builtin_module_names]
    assert set(names) - set(preloaded(*names)) <= {"matplotlib_inline.backend_inline"}


def test_learns_the_imports_and_leaves_out_what_starts_threads(package, tmp_path):
    package({"calm_module": "import time\nLOADED = time.time()\n", "lazy_module": "", "threaded_module": THREAD})
    folder = tmp_path / "reference"
    folder.mkdir()
    (folder / "local_module.py").write_text("")
    reference = notebook("import calm_module, threaded_module, local_module", "def f():\n    import lazy_module\nf()")
    server = CandidateServer(tmp_path)
    try:
        server.preload(learn_imports(server, [reference], [folder], Limits(cell=5)))
        assert {"calm_module", "lazy_module"} <= set(server.modules)
        assert server.excluded == {"threaded_module"}
        names = ["calm_module", "lazy_module", "local_module", "threaded_module"]
        assert found_in(server, names, tmp_path) == ["calm_module", "lazy_module"]
    finally:
        server.close()


def test_imported_modules_are_read_from_the_code():
    cells = ["%matplotlib inline\nimport numpy as np", "from os.path import join", "not python (", "from . import x"]
    cells.append("def f():\n    import json")
    assert imported_modules(notebook(*cells)) == ["numpy", "os.path", "json"]


def test_the_patterns_that_are_made_once_are_those_of_pygments(monkeypatch):
    from pygments import lexer, lexers
    from pygments.regexopt import regex_opt

    monkeypatch.setattr(lexer, "regex_opt", lexer.regex_opt)
    remember_patterns()
    for words in (["if", "in", "is"], ("abs",), ("zip", "abs", "all", "any")):
        for how in ((), ("", r"\b"), (r"\b", "")):
            assert lexer.regex_opt(words, *how) == regex_opt(words, *how)
    assert lexer.regex_opt(["a", "b"], suffix="c") == regex_opt(["a", "b"], suffix="c")

    class Again(lexers.Python3Lexer):
        """As IPython's tracebacks define one: its tokens are read anew."""

    source = "def f(x):\n    return abs(x) if x in (1, 2) else zip(x)  # one\n"
    assert list(Again().get_tokens(source)) == list(lexers.Python3Lexer().get_tokens(source))
