"""A shell that was made before the notebook's process began is the one that would be made in it, in all that shows."""

from __future__ import annotations

import json
import subprocess
import sys

DESCRIBE = r"""
import builtins, json, os, re, sys, tempfile, warnings
from pathlib import Path

from tplib.autograde.candidate.preload import preload

preload(["tplib.autograde.candidate.candidate", "matplotlib.pyplot", "ipywidgets", "IPython.core.completer"])
from tplib.autograde.candidate import shell as module
from tplib.autograde.candidate.kernel import install_comms
from tplib.autograde.candidate.recorder import Recorder

ahead, place = sys.argv[1] == "ahead", sys.argv[2]


def plain(value):
    text = re.sub(r" at 0x[0-9a-f]+|\d{5,}", "", repr(value))
    return re.sub(r"frozenset\(\{.*?\}\)|\{.*\}", lambda m: "".join(sorted(m[0])), text)


def traits(owner):
    return {name: plain(getattr(owner, name, None)) for name in owner.trait_names() if name not in ("parent", "shell")}


def described(shell):
    parts = {type(part).__name__: traits(part) for part in shell.configurables}
    own = {name: plain(value) for name, value in vars(shell).items() if not name.startswith(("_trait", "_cross"))}
    return {
        "own": own,
        "parts": parts,
        "names": {name: plain(value) for name, value in shell.user_ns.items()},
        "hidden": sorted(map(str, shell.user_ns_hidden)),
        "magics": {kind: sorted(map(str, found)) for kind, found in shell.magics_manager.magics.items()},
        "events": {name: [plain(each) for each in found] for name, found in shell.events.callbacks.items()},
        "profile": [shell.profile, shell.profile_dir.location, sorted(map(str, Path(shell.ipython_dir).rglob("*")))],
        "environment": {name: value for name, value in os.environ.items() if name != "JPY_PARENT_PID"},
        "parent": os.environ["JPY_PARENT_PID"] == str(os.getppid()),
        "system": [sys.path, sys.ps1, sys.ps2, plain(sys.excepthook), plain(sys.displayhook), plain(warnings.filters)],
        "main": [sys.modules["__main__"] is shell.user_module, sys.modules["__main__"].__dict__ is shell.user_ns],
        "built in": sorted(vars(builtins)),
        "extensions": sorted(shell.extension_manager.loaded),
        "instance": type(shell).instance() is shell,
        "ran": ran(shell),
    }


def ran(shell):
    cells = ["1 + 1", "import os; os.getcwd()", "%pwd", "_dh", "_", "In", "get_ipython().starting_dir"]
    cells += ["%cd -q ..", "_dh", "%who_ls", "1 / 0", "%%capture\n3", "x = 5", "x?", "!echo hi", "%matplotlib inline"]
    cells += ["import matplotlib.pyplot as plt; plt.plot([1]); plt.get_backend()", "%tb", "%env HOME", "%lsmagic"]
    cells += ["%store x", "%store"]
    cells += ["import ipywidgets; ipywidgets.IntSlider()", "__name__, __doc__, __IPYTHON__, display"]
    cells += ["import pickle\nclass A: pass\npickle.loads(pickle.dumps(A())).__class__"]
    shown = []
    for number, cell in enumerate(cells, 1):
        shell.recorder.begin(number)
        shell.execution_count = number
        shell.run_cell(cell, store_history=True)
        text = json.dumps(shell.recorder.outputs[number], sort_keys=True, default=str)
        shown.append(re.sub(r'"image/png": "[^"]*"|[0-9a-f]{32}|0x[0-9a-f]+|[\d.]+ ?(ns|us|ms|s)\b', "", text))
    return shown


if ahead:
    module.shell_made_ahead()
folder = Path(place, "work")
pid = os.fork()
if pid == 0:
    os.environ.update(IPYTHONDIR=place + "/tmp/.ipython", HOME=place, TMPDIR=place + "/tmp")
    Path(place, "tmp").mkdir()
    folder.mkdir()
    os.chdir(folder)
    sys.path.insert(1, "")
    recorder = Recorder()
    shell = module.make_shell(recorder)
    install_comms(recorder, shell.kernel)
    Path(place, "described.json").write_text(json.dumps(described(shell), default=str))
    os._exit(0)
os.waitpid(pid, 0)
"""


def test_a_shell_made_ahead_is_like_one_made_in_place(tmp_path):
    found = {}
    for way in ("in place", "ahead"):
        place = tmp_path / "here"
        place.mkdir()
        subprocess.run([sys.executable, "-c", DESCRIBE, way, str(place)], check=True, timeout=300)
        found[way] = json.loads((place / "described.json").read_text())
        place.rename(tmp_path / way)
    at_once, ahead = found["in place"], found["ahead"]
    assert ahead["own"].pop("_trait_values", None) == at_once["own"].pop("_trait_values", None)
    for part in at_once:
        assert ahead[part] == at_once[part], part
    assert at_once["parent"]
    assert '"text/plain": "2"' in at_once["ran"][0]
    assert at_once["extensions"] == ["IPython.extensions.storemagic"]  # as ipykernel's application has it
