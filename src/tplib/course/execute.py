"""Runs an instructor notebook in a fresh kernel and keeps only outputs that are the same on every run."""

from __future__ import annotations

import asyncio
import html
import os
import re
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tplib.course.dialect import METADATA
from tplib.course.pictures import describe_pictures
from tplib.errors import TplibError
from tplib.graders import course_folder
from tplib.mime import VERDICT

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

CELL_TIMEOUT = 600  # seconds
OFFLINE = dict.fromkeys(("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "TRANSFORMERS_OFFLINE"), "1")
THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # refers to a model of random name, kept nowhere
VOLATILE = (
    (re.compile(r"(?<= at )0x[0-9a-fA-F]+"), "0x..."),
    # Begun at the start of a word only: a picture of 2 MB as one word of base64 would else take an hour.
    (re.compile(r"(?<![^\s\"'<>])[^\s\"'<>]*[/\\]ipykernel_\d+[/\\]\d+\.py"), "<cell>"),
)


def kernel_environment(ipython_dir: str) -> dict[str, str]:
    """This process's environment, offline, on one thread, without the user's IPython start-up files."""
    env = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    threads = {f"{library}_NUM_THREADS": "1" for library in THREADS}
    exercises = {course_folder.VARIABLE: str(course_folder.current() or "")}
    return {**env, **OFFLINE, **threads, **exercises, "IPYTHONDIR": ipython_dir, "PYTHONDONTWRITEBYTECODE": "1"}


def execute(
    notebook: NotebookNode, folder: Path, name: str, on_cell: Callable[[int], None] = lambda index: None
) -> list[str]:
    """Fill in the outputs of `notebook`, run in `folder`; on_cell gets each cell's index before it runs.

    Returns what the author should know (text on stderr). Raises TplibError if a cell fails, if a check gives the
    notebook's own answer less than full marks, or if a cell marked for comparison prints something volatile.
    """
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    current = 0

    def started(cell: NotebookNode, cell_index: int) -> None:
        nonlocal current
        current = cell_index
        on_cell(cell_index)

    # Without folders to look in, python3 is the kernel of this very interpreter.
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=CELL_TIMEOUT,
        record_timing=False,
        store_widget_state=False,
        shutdown_kernel="immediate",
        on_cell_start=started,
        extra_arguments=["--log-level=ERROR"],
    )
    with tempfile.TemporaryDirectory(prefix="tp-ipython-") as ipython_dir:
        try:
            _run(client, cleanup_kc=True, cwd=str(folder), env=kernel_environment(ipython_dir))
        except CellExecutionError as error:
            raise TplibError(f"{name}, {describe(notebook, current)}: {error.ename}: {error.evalue}".rstrip()) from None
        except CellTimeoutError:
            raise TplibError(f"{name}, {describe(notebook, current)}: no end after {CELL_TIMEOUT} s") from None
        except DeadKernelError:
            raise TplibError(f"{name}, {describe(notebook, current)}: the kernel died (out of memory?)") from None
    notebook.metadata = type(notebook)(METADATA)
    _scrub(notebook, folder, name)
    for cell in notebook.cells:
        describe_pictures(cell)
    require_full_marks(notebook, name)
    return [
        f"{name}, {describe(notebook, index)} writes to stderr: {output.text.strip().splitlines()[0]}"
        for index, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", [])
        if output.get("name") == "stderr" and output.text.strip()
    ]


def _run(client: NotebookClient, **options: Any) -> None:
    """Execute in a thread of its own: in the main one nbclient takes Ctrl-C for itself, and then loses the kernel."""
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []

    async def whole() -> None:
        task = asyncio.current_task()
        assert task is not None
        running.append((asyncio.get_running_loop(), task))
        await client.async_execute(**options)

    with ThreadPoolExecutor(1) as pool:
        result = pool.submit(lambda: asyncio.run(whole()))
        try:
            result.result()
        except KeyboardInterrupt:
            for loop, task in running:
                loop.call_soon_threadsafe(task.cancel)
            raise  # once the thread has stopped the kernel


def describe(notebook: NotebookNode, index: int) -> str:
    """`cell 7 (def relu(x):)`, counted from 1 as in the notebook."""
    lines = notebook.cells[index].source.strip().splitlines() or [""]
    return f"cell {index + 1} ({lines[0][:60]})"


def _scrub(notebook: NotebookNode, folder: Path, name: str) -> None:
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop(WIDGET_VIEW, None)
            changed = False
            for holder, key in [
                (output, "text"),
                (output, "traceback"),
                *((data, mime) for mime in data if "text" in mime),
            ]:
                if key in holder:
                    fixed = _fixed(holder[key], folder)
                    changed |= fixed != holder[key]
                    holder[key] = fixed
            if changed and "nbval-check-output" in cell.metadata.get("tags", []):
                raise TplibError(
                    f"{name}, {describe(notebook, index)} is compared by nbval, "
                    "but prints a memory address or a temporary path; print something stable"
                )


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Text that a cell printed in one go is one output, however the kernel happened to cut it."""
    joined: list[NotebookNode] = []
    for output in outputs:
        if joined and output.output_type == "stream" == joined[-1].output_type and output.name == joined[-1].name:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def _fixed(text: Any, folder: Path) -> Any:
    if isinstance(text, list):
        return [_fixed(line, folder) for line in text]
    for pattern, stable in VOLATILE:
        text = pattern.sub(stable, text)
    return text.replace(str(folder), ".")


def require_full_marks(notebook: NotebookNode, name: str) -> None:
    """TplibError if a check gives the notebook's own answer less than all its points."""
    from nbgrader.utils import determine_grade, is_grade, is_solution

    problems = []
    for index, cell in enumerate(notebook.cells):
        if is_grade(cell) and not is_solution(cell):
            score, points = determine_grade(cell)
            if score != points:
                problems.append(
                    f"{name}, {describe(notebook, index)}: the answer above earns {score:g} of {points:g} points\n"
                    f"{_shown(cell)}".rstrip()
                )
    if problems:
        raise TplibError("\n".join(problems))


def _shown(cell: NotebookNode) -> str:
    """What the check said, as indented text."""
    words = " ".join(" ".join(map(_text, cell.outputs)).split())
    return f"    {words[:300]}" if words else ""


def _text(output: NotebookNode) -> str:
    """An output in plain words: of a check, its message."""
    data = output.get("data", {})
    if (verdict := data.get(VERDICT)) is not None:
        return str(verdict["message"])
    return html.unescape(re.sub(r"<[^>]*>", " ", data.get("text/html", "") or output.get("text", "")))
