"""What a student's machine offers for the notebooks, and what to do for each thing that it lacks."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.autograde.sandbox.doctor import Finding
from tplib.errors import TplibError
from tplib.graders import course_folder

if TYPE_CHECKING:
    from packaging.requirements import Requirement

NEEDED_DISK = 2 << 30  # bytes: packages lie elsewhere, data and results here
NEEDED_MEMORY = 2 << 30  # bytes for a notebook that imports PyTorch, and the browser beside it
EXTRAS = {"TP8-HFTrain": "transformers"}  # of the assignments that need more than the extra "notebooks"
KERNEL = "python3"  # that the notebooks ask for


def examine(assignment: str = "") -> list[Finding]:
    """Everything that the notebooks use; with an assignment, what that one needs."""
    return [
        _python(),
        _packages(EXTRAS.get(assignment, "notebooks")),
        _jupyterlab(),
        _kernel(),
        *_exercises(),
        *_data([assignment] if assignment else [] if course_folder.current() else None),
        _disk(),
        _memory(),
        _gpu(),
    ]


def _python() -> Finding:
    seen = f"{platform.python_version()} at {sys.executable}; tplib {importlib.metadata.version('tplib')}"
    return Finding("Python", "ok", seen)


def _packages(extra: str) -> Finding:
    if wanting := lacking(extra):
        advice = f"Run `{sys.executable} -m pip install 'tplib[{extra}]'`; in the course's folder, -e '.[{extra}]'."
        return Finding("packages", "lacking", f"not here: {', '.join(wanting)}", advice)
    return Finding("packages", "ok", f"all {len(_requirements(extra))} of tplib[{extra}]")


def lacking(extra: str) -> list[str]:
    """What an extra of tplib asks for and is not installed beside it, or too old."""
    if extra not in (importlib.metadata.metadata("tplib").get_all("Provides-Extra") or []):
        return [f"tplib[{extra}], which tplib did not have when it was installed"]
    wanting = []
    for requirement in _requirements(extra):
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            wanting.append(requirement.name)
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wanting.append(f"{requirement.name} {version} (needs {requirement.specifier})")
    return wanting


def _requirements(extra: str) -> list[Requirement]:
    """The requirements that an extra adds, those of the extras in it among them."""
    from packaging.requirements import Requirement

    found = []
    for text in importlib.metadata.requires("tplib") or []:
        requirement = Requirement(text)
        if requirement.marker is None or not requirement.marker.evaluate({"extra": extra}):
            continue
        if requirement.name == "tplib":
            found += [one for other in requirement.extras for one in _requirements(other)]
        else:
            found.append(requirement)
    return found


def _jupyterlab() -> Finding:
    """JupyterLab here, and whether `jupyter` as typed is the one of this environment."""
    by_hand = f"`{sys.executable} -m jupyterlab`"
    try:
        seen = importlib.metadata.version("jupyterlab")
    except importlib.metadata.PackageNotFoundError:
        advice = f"Run `{sys.executable} -m pip install jupyterlab`, or open the notebooks in another editor for them."
        return Finding("JupyterLab", "lacking", "not installed", advice)
    program = shutil.which("jupyter")
    if program is None:
        return Finding(
            "JupyterLab", "optional", f"{seen}; `jupyter` is not found as typed", f"Start it with {by_hand}."
        )
    if not _same_folder(program, sys.executable):
        advice = f"`jupyter lab` starts that one, which may lack tplib. Activate this environment, or start {by_hand}."
        return Finding("JupyterLab", "optional", f"{seen}; `jupyter` as typed is {program}", advice)
    return Finding("JupyterLab", "ok", seen)


def _kernel() -> Finding:
    """Whether the kernel that the notebooks ask for runs this Python."""
    try:
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    except ModuleNotFoundError:
        return Finding("kernel", "lacking", "no Jupyter", "It comes with the packages above.")
    try:
        spec = KernelSpecManager().get_kernel_spec(KERNEL)
    except NoSuchKernel:
        return Finding("kernel", "lacking", f"no {KERNEL}", f"Run `{sys.executable} -m pip install ipykernel`.")
    python = spec.argv[0]
    if os.path.isabs(python) and not _same_folder(python, sys.executable):
        advice = (
            f"Notebooks would run there, where tplib may be missing. {spec.resource_dir} says so: remove that with "
            f"`jupyter kernelspec remove {KERNEL}`, or put this Python in its place with "
            f"`{sys.executable} -m ipykernel install --user`."
        )
        return Finding("kernel", "lacking", f"{KERNEL} is another environment's: {python}", advice)
    return Finding("kernel", "ok", f"{KERNEL}, this Python")


def _same_folder(program: str, other: str) -> bool:
    """Whether two programs lie in one folder; links of an environment to its Python are not followed."""
    try:
        return os.path.samefile(os.path.dirname(program), os.path.dirname(other))
    except OSError:
        return False


def _exercises() -> list[Finding]:
    """Whether the exercises of the course in this folder, if it has its own, can be used."""
    place = course_folder.current()
    if place is None:
        advice = course_folder.not_trusted()
        return [Finding("exercises", "lacking", "not read", advice)] if advice else []
    count = 0
    try:
        for load in course_folder.loaders(place):
            count += len(load())
    except TplibError as error:
        return [Finding("exercises", "lacking", f"{place}", f"{error}.")]
    return [Finding("exercises", "ok", f"{count} in {place}")]


def _data(assignments: Iterable[str] | None) -> list[Finding]:
    """One finding for each assignment: whether the data that its notebooks load were pulled."""
    from tplib.data.cache import cache_folder, is_cached
    from tplib.data.registry import NEEDED

    findings = []
    for assignment in NEEDED if assignments is None else assignments:
        sets = NEEDED.get(assignment, ())
        absent = [name for name in sets if not is_cached(name)]
        name = f"data of {assignment}"
        if absent:
            advice = f"Run `tp data pull {assignment}` once, with a network; it works offline afterwards."
            state = "optional" if assignments is None else "lacking"  # one that has not begun needs none yet
            findings.append(Finding(name, state, f"not here: {', '.join(absent)}", advice))  # type: ignore[arg-type]
        else:
            findings.append(Finding(name, "ok", f"{len(sets)} of {len(sets)} in {cache_folder()}"))
    return findings


def _disk() -> Finding:
    try:
        free = shutil.disk_usage(Path.cwd()).free
    except OSError as error:
        return Finding("disk", "optional", f"not known ({error.strerror})", "Work in a folder that can be read.")
    seen = f"{free / (1 << 30):.1f} GiB free here"
    if free < NEEDED_DISK:
        return Finding("disk", "optional", seen, "Make room: a notebook that cannot be saved is lost.")
    return Finding("disk", "ok", seen)


def _memory() -> Finding:
    try:
        import psutil  # comes with ipykernel

        free = psutil.virtual_memory().available
    except (ModuleNotFoundError, OSError):
        return Finding("memory", "ok", "not known on this system")
    seen = f"{free / (1 << 30):.1f} GiB free"
    if free < NEEDED_MEMORY:
        return Finding("memory", "optional", seen, "Close other programs, and shut down kernels that you do not use.")
    return Finding("memory", "ok", seen)


def _gpu() -> Finding:
    """Whether there is a GPU and PyTorch is built for it; without an import of PyTorch, which takes seconds."""
    try:
        version = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        version = ""
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return Finding("GPU", "ok", "Apple's; PyTorch calls it mps")
    if shutil.which("nvidia-smi") is None:
        return Finding("GPU", "ok", "none seen; no notebook needs one")
    if "+cpu" in version:
        advice = "The notebooks run without it. https://pytorch.org/get-started says which PyTorch uses it."
        return Finding("GPU", "optional", f"NVIDIA's, but PyTorch {version} is built without", advice)
    return Finding("GPU", "ok", f"NVIDIA's, PyTorch {version}")
