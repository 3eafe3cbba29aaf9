"""What libraries read when they are imported: which notebooks and files set it, and so need a fresh kernel."""

from __future__ import annotations

import re

from tplib.autograde.messages.execution import NotebookRun

FILES = {"matplotlibrc": "matplotlib", ".matplotlibrc": "matplotlib", ".numba_config.yaml": "numba"}
SETS = re.compile(
    r"""
    environ(?:b|)\s*\[[^\]\n]*\]\s*\|?=(?!=)                        # os.environ["HF_HOME"] = "..."
    | \bdel\s+(?:os\.)?environb?\s*\[
    | \benvironb?\s*\|=
    | \benvironb?\s*\.\s*(?:update|setdefault|pop|popitem|clear)\b
    | \b(?:putenv|unsetenv|load_dotenv)\s*\(
    | \bsetenv\s*\(                                             # pytest's monkeypatch
    | \bpatch\s*\.\s*dict\s*\(\s*["']?(?:os\.)?environ\b
    | ^[ \t]*%(?:set_env|env)[ \t]+\S+[ \t=]+\S
    | \brun_line_magic\s*\(\s*["'](?:set_)?env["']
    | \b(?:simplefilter|filterwarnings)\s*\(\s*(?:action\s*=\s*)?["']error
    """,
    re.VERBOSE | re.MULTILINE,
)


def sets_what_imports_read(run: NotebookRun) -> bool:
    """Whether a cell sets environment variables or makes warnings errors, or a file beside the notebook is read."""
    code = (cell["source"] for cell in run.notebook["cells"] if cell["cell_type"] == "code")
    return any(SETS.search(source) for source in code) or any((run.folder / name).is_file() for name in FILES)


def readers_of(names: list[str]) -> set[str]:
    """The libraries that read one of the files `names`, which lie beside the notebooks."""
    return {library for name, library in FILES.items() if name in names}
