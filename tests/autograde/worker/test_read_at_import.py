"""Which notebooks set what libraries read when they are imported."""

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.worker.read_at_import import sets_what_imports_read

SETS = [
    'import os\nos.environ["HF_HOME"] = "/tmp/hfx"',
    "environ[name]='1'",
    "os.environ['A'] |= 'b'",
    "os.environb[b'A'] = b'1'",
    "os.environ.update(HF_HOME='x')",
    "os.environ.setdefault('A', '1')",
    "os.environ |= {'A': '1'}",
    "del os.environ['A']",
    "os.environ.pop('A', None)",
    "os.putenv('A', '1')",
    "from dotenv import load_dotenv\nload_dotenv()",
    "mock.patch.dict(os.environ, A='1')",
    "%env A=1",
    "x = 1\n%env A 1",
    "  %set_env A=1",
    "get_ipython().run_line_magic('env', 'A=1')",
    "warnings.simplefilter('error')",
    'warnings.filterwarnings(action="error", category=FutureWarning)',
]
READS = [
    "os.environ['HOME']",
    "os.environ['A'] == '1'",
    "os.environ.get('A')",
    "environment = {**os.environ}",
    "%env",
    "%env HOME",
    "warnings.simplefilter('ignore')",
    "environment['A'] = 1",
]


def run_of(folder: Path, *cells):
    return NotebookRun("p", new_notebook(cells=list(cells)), folder, Limits())


@pytest.mark.parametrize("source", SETS)
def test_it_is_set(source, tmp_path):
    assert sets_what_imports_read(run_of(tmp_path, new_code_cell("1"), new_code_cell(source)))


@pytest.mark.parametrize("source", READS)
def test_it_is_only_read(source, tmp_path):
    assert not sets_what_imports_read(run_of(tmp_path, new_code_cell(source), new_markdown_cell(SETS[0])))


def test_a_file_that_is_read_lies_beside_the_notebook(tmp_path):
    (tmp_path / "matplotlibrc").touch()
    assert sets_what_imports_read(run_of(tmp_path))
