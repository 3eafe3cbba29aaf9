"""What one notebook of a submission leaves in the folder, the next one finds: as in nbgrader."""

from __future__ import annotations

import pytest
from plain_course import cells_of

LEAVES = {
    "an empty folder": ("os.mkdir('made')", "assert os.listdir('made') == []"),
    "a folder in a hidden one": ("os.makedirs('.a/b')", "assert os.path.isdir('.a/b')"),
    "a link": ("os.symlink('data.txt', 'link')", "assert os.readlink('link') == 'data.txt' and open('link').read()"),
    "a link to a folder": ("os.symlink('../ps1/lib', 'link')", "assert os.path.exists('link/helper.py')"),
    "a link that leads nowhere": ("os.symlink('/no/where', 'link')", "assert os.readlink('link') == '/no/where'"),
    "a link in a file's place": (
        "os.remove('data.txt'); os.symlink('lib', 'data.txt')",
        "assert os.path.islink('data.txt')",
    ),
    "a program": ("os.chmod('data.txt', 0o755)", "assert os.access('data.txt', os.X_OK)"),
    "no program": ("os.chmod('run.sh', 0o644)", "assert not os.access('run.sh', os.X_OK)"),
    "a read-only file": ("os.chmod('data.txt', 0o444)", "assert os.stat('data.txt').st_mode & 0o777 == 0o444"),
    "a hidden file": ("open('.state', 'w').write('1')", "assert open('.state').read() == '1'"),
    "a file in a hidden folder": (
        "os.mkdir('.state'); open('.state/a', 'w').write('1')",
        "assert open('.state/a').read() == '1'",
    ),
    "a removed file": ("os.remove('data.txt')", "assert not os.path.exists('data.txt')"),
    "a removed folder": ("shutil.rmtree('lib')", "assert not os.path.exists('lib')"),
    "a changed file that was read-only": (
        "os.chmod('ro.txt', 0o600); open('ro.txt', 'w').write('2'); os.chmod('ro.txt', 0o444)",
        "assert open('ro.txt').read() == '2' and not os.stat('ro.txt').st_mode & 0o222",
    ),
}
IMPORTS = "import os, shutil"


def course_of(plain, notebooks):
    plain.source(**{name: cells_of(IMPORTS, *sources) for name, sources in notebooks.items()})
    source = plain.root / "source/ps1"
    (source / "lib").mkdir()
    (source / "lib/helper.py").touch()
    for name, mode in {"data.txt": 0o644, "run.sh": 0o755, "ro.txt": 0o444}.items():
        (source / name).write_text("1")
        (source / name).chmod(mode)
    folder = plain.root / "submitted/amy/ps1"
    folder.mkdir(parents=True)
    for name in notebooks:
        (folder / f"{name}.ipynb").write_bytes((source / f"{name}.ipynb").read_bytes())
    return folder


def shown(plain, *names):
    cells = [cell for name in names for cell in plain.autograded(name).cells]
    return [output for cell in cells for output in cell.get("outputs", [])]


@pytest.mark.parametrize("case", LEAVES)
def test_it_lasts(plain, case):
    does, finds = LEAVES[case]
    # the third sees what the second left, which is what the first did
    course_of(plain, {"a": [does], "b": ["0", f"# test\n{finds}"], "c": ["0", "0", f"# test\n{finds}"]})
    result = plain.grade()
    assert result.exit_code == 0, result.stdout
    assert plain.scores() == {"test-2": 1.0, "test-3": 1.0}, shown(plain, "a", "b", "c")


def test_what_is_undone_is_gone(plain):
    made = "os.mkdir('made'); os.symlink('data.txt', 'link'); open('.state', 'w').close()"
    undone = "os.rmdir('made'); os.remove('link'); os.remove('.state')"
    left = "# test\nassert not any(map(os.path.lexists, ('made', 'link', '.state')))"
    course_of(plain, {"a": [made], "b": [undone], "c": [left]})
    plain.grade()
    assert plain.scores() == {"test-1": 1.0}, shown(plain, "a", "b", "c")


def test_a_link_never_stands_outside_of_the_sandbox(plain):
    secret = plain.root / "secret.txt"
    secret.write_text("secret")
    reads = "open('link').read() if os.path.exists('link') else 'nothing: ' + os.readlink('link')"
    link = f"os.symlink({str(secret)!r}, 'link'); os.symlink({str(plain.root)!r}, 'folder')"
    course_of(plain, {"a": [link], "b": [f"print({reads})", "open('copy', 'w').write('1')"]})
    plain.grade()
    found = [path for path in (plain.root / "autograded").rglob("*") if path.is_symlink()]
    assert found == []
    assert secret.read_text() == "secret"
    assert "secret\n" not in "".join(output.get("text", "") for output in shown(plain, "b"))


def test_permissions_are_those_of_source_and_of_what_was_handed_in(plain):
    folder = course_of(
        plain,
        {
            "a": [
                "# test\nassert os.stat('ro.txt').st_mode & 0o777 == 0o444",
                "# test\nassert os.stat('data.txt').st_mode & 0o777 == 0o644",
                "# test\nassert os.stat('mine.txt').st_mode & 0o777 == 0o440",
            ]
        },
    )
    (folder / "data.txt").write_text("1")
    (folder / "data.txt").chmod(0o755)  # in nbgrader, too, the course's file takes its place
    (folder / "mine.txt").write_text("1")
    (folder / "mine.txt").chmod(0o440)
    plain.grade()
    assert plain.scores() == {"test-1": 1.0, "test-2": 1.0, "test-3": 1.0}, shown(plain, "a")
