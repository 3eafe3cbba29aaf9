"""Which of the course's modules take the place of installed ones."""

import sys

from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.worker.course_modules import course_modules, kernels_own, unchanged
from tplib.autograde.worker.kernel_process import run_in_fresh_kernel


def test_names_of_installed_packages_that_no_kernel_and_no_part_of_ours_needs():
    names = ("numpy", "yaml", "traitlets", "tplib", "json", "sys", "of_the_course_alone", "colorsys")
    assert course_modules([f"{name}.py" for name in names]) == ["colorsys", "numpy", "yaml"]
    assert course_modules(["numpy/data.csv", "yaml/__init__.py", "notes.txt"]) == ["yaml"]


def test_modules_in_folders_which_a_cell_may_put_first():
    files = ["lib/yaml.py", "a/b/requests/__init__.py", "a/b/requests/colorsys.py", "lib/tqdm.csv", "lib/numpy.py"]
    assert course_modules(files) == ["colorsys", "requests", "yaml"]  # NumPy cannot be imported twice


def test_libraries_that_read_a_file_beside_the_notebook():
    assert course_modules(["matplotlibrc", "notes.txt"]) == ["matplotlib"]
    assert course_modules(["data/matplotlibrc"]) == []


def test_what_a_kernel_has_imported_is_what_it_says(tmp_path):
    run = NotebookRun("p", new_notebook(cells=[new_code_cell("import sys\nprint(*sys.modules)")]), tmp_path, Limits())
    (output,) = run_in_fresh_kernel(run, tmp_path, tmp_path / "log").cells[0].outputs
    seen = {name.partition(".")[0] for name in output["text"].split()}
    assert seen - kernels_own() <= {"debugpy", "pydevd"}, "not told"
    assert (kernels_own() - seen) & sys.stdlib_module_names <= {"this"}


def test_only_files_as_the_course_has_them(tmp_path):
    support = {"a.py": b"1", "b.py": b"1", "c.py": b"1", "d/__init__.py": b"", "d/data.csv": b"1"}
    for name, content in {"a.py": b"1", "b.py": b"2", "d/__init__.py": b"", "d/data.csv": b"2"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert unchanged(["a", "b", "c", "d"], support, tmp_path) == ["a", "d"]
