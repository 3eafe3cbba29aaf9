"""`tp doctor` for students: what lacks, what to do, and the exit code."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tplib.student import machine

ROOT = Path(__file__).parents[2]
OF_PACKAGES = {
    "sklearn": "scikit-learn",
    "IPython": "jupyterlab",
}  # which brings it; or where a module is not called as its package


@pytest.fixture
def installed(monkeypatch):
    """A machine with these packages and versions, as tplib's own metadata ask for them."""
    versions = {"tplib": "0.1.0", "jupyterlab": "4.5.0", "torch": "2.5.0", "numpy": "2.1"}
    requires = ["numpy>=2.0", "torch>=2.4; extra == 'notebooks'", "jupyterlab>=4.2; extra == 'notebooks'"]

    def version(name):
        if name not in versions:
            raise importlib.metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(machine.importlib.metadata, "version", version)
    monkeypatch.setattr(machine.importlib.metadata, "requires", lambda name: requires)
    extras = SimpleNamespace(get_all=lambda name: ["notebooks"])
    monkeypatch.setattr(machine.importlib.metadata, "metadata", lambda name: extras)
    return versions


def test_packages_that_are_absent_or_too_old(installed):
    assert machine._packages("notebooks").state == "ok"
    installed["torch"] = "2.3.1"
    del installed["jupyterlab"]
    found = machine._packages("notebooks")
    assert found.state == "lacking"
    assert "torch 2.3.1 (needs >=2.4), jupyterlab" in found.seen
    assert "pip install 'tplib[notebooks]'" in found.way_out
    assert machine._jupyterlab().state == "lacking"


def test_an_installation_from_before_the_extra(installed):
    assert machine._packages("transformers").state == "lacking"


def test_jupyter_of_another_environment(installed, monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda name: "/usr/bin/jupyter")
    found = machine._jupyterlab()
    assert (found.state, "/usr/bin/jupyter" in found.seen) == ("optional", True)
    assert f"{sys.executable} -m jupyterlab" in found.way_out


def test_a_kernel_of_another_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    assert machine._kernel().state == "ok"
    spec = tmp_path / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(
        json.dumps({"argv": ["/opt/other/bin/python", "-m", "ipykernel"], "display_name": "P", "language": "python"})
    )
    found = machine._kernel()
    assert (found.state, "/opt/other/bin/python" in found.seen) == ("lacking", True)
    assert "jupyter kernelspec remove python3" in found.way_out
    spec.write_text(json.dumps({"argv": ["python", "-m", "ipykernel"], "display_name": "P", "language": "python"}))
    assert machine._kernel().state == "ok"  # Jupyter puts its own Python there


def test_data_disk_memory_and_gpu(installed, monkeypatch):
    monkeypatch.setattr("tplib.data.cache.is_cached", lambda name: name == "digits")
    (of_one,) = machine._data(["TP6-TrainFFNN"])
    assert (of_one.state, of_one.seen) == ("lacking", "not here: snippets, mnist-5k")
    assert "`tp data pull TP6-TrainFFNN`" in of_one.way_out
    assert {found.state for found in machine._data(None)} == {"optional"}
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: SimpleNamespace(free=1 << 29))
    assert (machine._disk().state, machine._disk().seen) == ("optional", "0.5 GiB free here")
    monkeypatch.setattr(machine.sys, "platform", "linux")
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    assert machine._gpu().state == "ok"
    monkeypatch.setattr(machine.shutil, "which", lambda name: "/usr/bin/nvidia-smi")
    installed["torch"] = "2.5.0+cpu"
    assert machine._gpu().state == "optional"
    installed["torch"] = "2.5.0+cu124"
    assert machine._gpu().state == "ok"


def test_the_exit_code(tp, monkeypatch):
    """Of the notebooks' part where grading is not looked at, and of grading alone where it is."""
    found = [machine.Finding("kernel", "lacking", "none", "Do this.")]
    monkeypatch.setattr(machine, "examine", lambda assignment: found)
    monkeypatch.setattr("tplib.autograde.commands.doctor.doctor_of_grading", lambda console: False)
    result = tp("doctor", "--no-grading")
    assert (result.exit_code, "kernel: Do this." in result.output) == (1, True)
    assert "Notebooks would not run here" in result.output
    assert tp("doctor", "--grading").exit_code == 0
    found.clear()
    assert tp("doctor", "--no-grading").exit_code == 0
    monkeypatch.setattr(machine, "lacking", lambda extra: ["nh3"])
    result = tp("doctor")
    assert (result.exit_code, "not installed: nh3" in result.output) == (0, True)
    monkeypatch.setattr("tplib.student.assignments._from_registry", dict)  # which takes seconds to read
    assert tp("doctor", "TP99").exit_code == 1


@pytest.mark.parametrize("folder", sorted((ROOT / "release").iterdir()), ids=lambda path: path.name)
def test_the_extra_of_an_assignment_has_what_its_notebooks_import(folder):
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = {machine.EXTRAS.get(folder.name, "notebooks"), "notebooks"}
    offered = {
        machine_name(text) for text in [*project["dependencies"], *(one for extra in wanted for one in extras[extra])]
    }
    modules = set()
    for path in folder.glob("*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            if cell["cell_type"] == "code":
                modules |= imported("".join(cell["source"]))
    third = modules - set(sys.stdlib_module_names) - {"tplib"}
    assert {OF_PACKAGES.get(module, module) for module in third} <= offered


def machine_name(requirement: str) -> str:
    from packaging.requirements import Requirement

    return Requirement(requirement).name


def imported(source: str) -> set[str]:
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    found = set()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
