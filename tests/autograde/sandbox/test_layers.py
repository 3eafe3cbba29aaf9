"""Which of the paths of a view decides, and every name of what must not be seen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tplib.autograde.sandbox import SandboxError, View
from tplib.autograde.sandbox.layers import Mount, aliases, layers, names

SECRET = "The instructor's own words."


@pytest.fixture
def tree(tmp_path):
    """A prefix with a course in it, the course's own environment in that, and a secret in each."""
    folder = Path(os.path.realpath(tmp_path))
    for path in ("usr/lib", "usr/src/app/.venv/lib", "usr/src/app/submitted", "usr/src/app/.venv/exercises"):
        (folder / path).mkdir(parents=True)
    return folder / "usr"


def test_the_nearest_path_above_decides(tree):
    app = tree / "src" / "app"
    view = View((tree, app / ".venv", app / ".venv" / "lib"), (app, app / "submitted", app / ".venv" / "exercises"))
    assert [(str(layer.path.relative_to(tree)), layer.shown) for layer in layers(view)] == [
        (".", True),
        ("src/app", False),
        ("src/app/.venv", True),
        ("src/app/.venv/exercises", False),
    ]


def test_what_is_needed_cannot_be_hidden(tree):
    with pytest.raises(SandboxError, match="must be hidden from students' code, which needs it"):
        layers(View((tree,), (tree,)))


def test_what_is_not_there_or_not_shown_needs_no_cover(tree):
    assert len(layers(View((tree / "lib",), (tree / "src", tree / "lib" / "absent")))) == 1


def test_links_have_other_names(tree):
    (tree / "link").symlink_to(tree / "src")
    assert list(names(tree / "link" / "app", [tree, tree / "link"])) == [tree / "src" / "app", tree / "link" / "app"]


def test_a_folder_that_is_mounted_elsewhere_has_more_names():
    whole = Mount("8:1", Path("/"), Path("/"))
    other = Mount("8:1", Path("/srv"), Path("/usr/share/courses"))
    part = Mount("8:1", Path("/srv/nn/submitted"), Path("/usr/local/handed-in"))
    strange = Mount("8:2", Path("/srv/nn"), Path("/usr/strange"))
    found = aliases(Path("/srv/nn"), [whole, other, part, strange])
    assert set(map(str, found)) == {"/srv/nn", "/usr/share/courses/nn", "/usr/local/handed-in"}


def test_the_last_mount_at_a_place_covers_the_others():
    below, above = Mount("8:1", Path("/"), Path("/")), Mount("8:9", Path("/data"), Path("/"))
    again = Mount("8:9", Path("/"), Path("/mnt"))
    assert set(map(str, aliases(Path("/nn"), [below, above, again]))) == {"/nn", "/mnt/data/nn"}


@pytest.fixture
def open_course(tmp_path_factory):
    """A course that every user can read, with the environment that it is graded in."""
    folder = tmp_path_factory.mktemp("prefix")
    for parent in (folder, *folder.parents):
        if parent.is_relative_to("/tmp/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    (folder / "course" / ".venv" / "lib").mkdir(parents=True)
    (folder / "course" / ".venv" / "lib" / "module.py").write_text("x = 1")
    (folder / "course" / "gradebook.db").write_text(SECRET)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    return folder


def test_a_course_below_a_folder_that_is_shown_is_hidden_but_for_its_environment(candidate, open_course):
    course = open_course / "course"
    answer = candidate(
        f"""
        import os
        os.chdir({str(course)!r})
        paths = [os.path.join(here, name) for here, _, names in os.walk({str(open_course)!r}) for name in names]
        found = [open(path).read() for path in paths]
        answer = [os.listdir("."), os.listdir(".."), found]
        """,
        readable=(open_course, course / ".venv"),
        hidden=(course,),
    )
    assert answer == [[".venv"], ["course"], ["x = 1"]]


def test_a_view_that_still_shows_what_is_hidden_is_refused(sandbox, as_user, launch, open_course):
    code = f"""
from pathlib import Path
from tplib.autograde.sandbox import SandboxError, default_view, enter, layers, mounts
mounts._cover = lambda layer: None
try:
    enter(default_view([Path({str(open_course)!r})], [Path({str(open_course / "course")!r})]))
except SandboxError as error:
    print(error)
"""
    assert "can be seen in the sandbox as" in launch(as_user, code).stdout
