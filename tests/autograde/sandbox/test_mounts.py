"""What a candidate sees of the machine, and where it can write."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import tplib


def needed(place: str) -> set[str]:
    """Names in a folder that lead to this Python or this checkout, wherever they lie."""
    paths = [tplib.__file__, sys.prefix, sys.base_prefix, sys.executable, *filter(None, sys.path)]
    spelled = [Path(name) for path in paths for name in (os.path.abspath(path), os.path.realpath(path))]
    return {path.relative_to(place).parts[0] for path in spelled if Path(place) in path.parents}


@pytest.fixture
def open_folder(tmp_path_factory):
    """A folder that every user can read."""
    folder = tmp_path_factory.mktemp("host")
    for parent in (folder, *folder.parents):
        if parent.is_relative_to("/tmp/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    (folder / "secret.txt").write_text("secret")
    return folder


def test_nothing_of_the_host_but_what_is_readable_exists(candidate, open_folder):
    answer = candidate(
        f"""
        import os
        answer = [
            sorted(set(os.listdir("/")) - {{"lib32", "lib64", "libx32", "lib"}}),
            os.path.exists({str(open_folder)!r}),
            os.listdir("/home"), os.listdir("/tmp"), os.listdir("/dev/shm"), os.listdir("."), os.getcwd(),
            [name for name in ("/etc/shadow", "/run", "/var", "/boot", "/sys/kernel") if os.path.exists(name)],
            open("/etc/passwd").read().count("\\n"),
        ]
        """
    )
    top = {Path(tplib.__file__).parts[1], "root"}
    assert (
        set(answer[0]) - top - {"sys", "opt", "nix"}
        == {
            ".empty",
            ".empty-file",
            "bin",
            "dev",
            "etc",
            "home",
            "proc",
            "sbin",
            "tmp",
            "usr",
        }
        - top
    )
    for number, place in {2: "/home", 3: "/tmp", 4: "/dev/shm", 5: "/home/student"}.items():
        answer[number] = sorted(set(answer[number]) - needed(place))
    assert answer[1:] == [False, ["student"], [], [], [], "/home/student", [], 2]


def test_extra_readable_is_seen_and_read_only_and_hidden_is_empty(candidate, open_folder):
    (open_folder / "data").mkdir()
    (open_folder / "data" / "x.txt").write_text("1")
    (open_folder / "data" / "answers").mkdir()
    (open_folder / "data" / "answers" / "reference.py").write_text("2")
    (open_folder / "data" / "key.txt").write_text("3")
    (open_folder / "link").symlink_to(open_folder / "data")
    for path in (open_folder, *open_folder.rglob("*")):
        path.chmod(0o777)
    answer = candidate(
        f"""
        import os
        os.chdir({str(open_folder)!r})
        answer = [sorted(os.listdir(".")), open("data/x.txt").read(), os.listdir("data/answers")]
        answer += [open("data/key.txt").read(), os.listdir("link/answers")]
        for path in ("data/new", "data/x.txt", "data/answers/new", "link/x.txt"):
            try:
                open(path, "a").close()
                answer.append(path)
            except OSError as error:
                answer.append(error.errno)
        """,
        readable=(open_folder / "data", open_folder / "link"),
        hidden=(open_folder / "link" / "answers", open_folder / "data" / "key.txt"),
    )
    read_only = 30
    assert answer == [["data", "link"], "1", [], "", [], *[read_only] * 4]


def test_writes_only_in_three_places(candidate):
    answer = candidate(
        """
        import os
        def writable(folder):
            try:
                path = os.path.join(folder, "probe-of-writing")
                open(path, "w").close()
                os.remove(path)
                return True
            except OSError:
                return False
        # Links lead to folders that the walk meets by their own names.
        answer = [folder for folder, _, _ in os.walk("/") if not folder.startswith("/proc/1/") and writable(folder)]
        """
    )
    # On the way to a Python that lies in /tmp, say, a candidate's own folders lead.
    own = [path for path in answer if not _leads_to_python(path)]
    assert sorted(own) == ["/dev/shm", "/home/student", "/tmp"]


def _leads_to_python(path: str) -> bool:
    return any(Path(place) in Path(path).parents and needed(path) for place in ("/tmp", "/dev/shm", "/home/student"))


def test_files_have_one_bound_together(candidate):
    answer = candidate(
        """
        import os
        answer = []
        for folder in ("/tmp", "/dev/shm", "/home/student"):
            written = 0
            try:
                with open(folder + "/bomb", "wb", buffering=0) as file:
                    for _ in range(64):
                        written += file.write(bytes(1 << 20))
            except OSError as error:
                pass
            answer.append(written >> 20)
        """,
        "files=8 << 20",
    )
    assert sum(answer) <= 8
    assert answer[0] >= 7


def test_no_more_files_than_a_bound(candidate):
    answer = candidate(
        """
        import os
        try:
            for i in range(60_000):
                os.mkdir(f"/tmp/{i}")
            answer = "no bound"
        except OSError as error:
            answer = error.errno
        """
    )
    assert answer == 28


def test_what_one_candidate_writes_no_other_finds(scene):
    answer = scene(
        """
        first = run("open('/tmp/note', 'w').write('x'); open('/dev/shm/note', 'w').write('x'); answer = 1")
        result = [first, run("import os; answer = os.listdir('/tmp') + os.listdir('/dev/shm') + os.listdir('.')")]
        """
    )
    known = set().union(*map(needed, ("/tmp", "/dev/shm", "/home/student")))
    assert [answer[0], sorted(set(answer[1]) - known)] == [1, []]


def test_proc_shows_the_candidate_alone_and_cannot_be_written(candidate):
    answer = candidate(
        """
        import os
        pids = [name for name in os.listdir("/proc") if name.isdecimal()]
        refused = []
        for path in ("/proc/self/oom_score_adj", "/proc/sys/kernel/hostname", "/proc/self/uid_map"):
            try:
                open(path, "w").close()
            except OSError as error:
                refused.append(error.errno)
        hidden = [f"/proc/{name}" for name in ("cmdline", "keys", "key-users")]
        shown = "".join(open(name).read() for name in hidden if os.path.exists(name))
        answer = [pids, refused, shown, "MemTotal" in open("/proc/meminfo").read()]
        """
    )
    assert answer[0] == ["1"]
    assert len(answer[1]) == 3
    assert set(answer[1]) <= {1, 13, 30}
    assert answer[2:] == ["", True]


def test_devices_work(candidate):
    answer = candidate(
        """
        import os, pty
        open("/dev/null", "w").write("x")
        leader, follower = pty.openpty()
        os.write(follower, b"hello")
        answer = [open("/dev/zero", "rb").read(2) == bytes(2), len(open("/dev/urandom", "rb").read(3))]
        answer.append(os.read(leader, 5).decode())
        """
    )
    assert answer == [True, 3, "hello"]


def test_no_way_out_of_the_working_folder(candidate):
    answer = candidate(
        """
        import os
        os.symlink("/../../../../..", "/tmp/up")
        answer = [os.listdir("/tmp/up") == os.listdir("/"), os.path.realpath("../../../..") == "/"]
        """
    )
    assert answer == [True, True]


def test_an_open_folder_is_refused(sandbox, as_user, launch):
    code = (
        "import os\nfrom tplib.autograde.sandbox import *\nfd = os.open('/', os.O_RDONLY)\n"
        "try:\n    enter(default_view())\nexcept SandboxError as error:\n    print(error)"
    )
    assert "is the open folder /: a way out of the sandbox" in launch(as_user, code).stdout


def test_a_course_the_home_and_the_working_folder_are_not_in_the_view(tmp_path, monkeypatch):
    from tplib.autograde.sandbox import default_view

    course, library = tmp_path / "course", tmp_path / "course" / "library"
    library.mkdir(parents=True)
    (course / "nbgrader_config.py").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "me"))
    (tmp_path / "home" / "me").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(library))
    for private in (course, tmp_path / "home", tmp_path / "home" / "me", os.getcwd(), "/"):
        monkeypatch.syspath_prepend(str(private))
    readable = default_view().readable
    assert library in readable
    assert not {course, tmp_path / "home", tmp_path / "home" / "me", Path.cwd(), Path("/")} & set(readable)


def test_an_older_kernel_makes_each_mount_read_only_by_itself(sandbox, as_user, launch):
    code = """
import errno, os
from tplib.autograde.sandbox import SandboxError, default_view, enter, mounts

def absent(*arguments, **options):
    raise SandboxError("not in Linux before 5.12", errno.ENOSYS)

mounts.mount_setattr = absent
enter(default_view())
kinds = [line.split()[2] for line in open("/proc/self/mounts") if line.split()[3].startswith("rw")]
print(sorted(set(kinds) - {"tmpfs", "devtmpfs", "proc"}))
"""
    assert launch(as_user, code).stdout == "[]\n"
