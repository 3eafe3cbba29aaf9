"""Which of the course's modules take the place of installed ones."""

from tplib.autograde.worker.course_modules import course_modules, unchanged


def test_names_of_installed_packages_that_no_kernel_and_no_part_of_ours_needs():
    names = ("numpy", "yaml", "traitlets", "tplib", "statistics", "of_the_course_alone")
    assert course_modules([f"{name}.py" for name in names]) == ["numpy", "yaml"]
    assert course_modules(["numpy/data.csv", "yaml/__init__.py", "notes.txt"]) == ["yaml"]


def test_only_files_as_the_course_has_them(tmp_path):
    support = {"a.py": b"1", "b.py": b"1", "c.py": b"1", "d/__init__.py": b"", "d/data.csv": b"1"}
    for name, content in {"a.py": b"1", "b.py": b"2", "d/__init__.py": b"", "d/data.csv": b"2"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert unchanged(["a", "b", "c", "d"], support, tmp_path) == ["a", "d"]
