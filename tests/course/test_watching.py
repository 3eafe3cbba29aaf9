"""`tp build --watch`: which saves have what built."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tplib.course.layout import Course
from tplib.course.watching import Saves, build_saved, commands


def save(path, text, seconds):
    path.write_text(text)
    os.utime(path, (seconds, seconds))


def test_a_save_is_told_once_and_when_it_is_whole(root):
    saves = Saves([root / "course"])
    script, new = root / "course" / "TP1-Small" / "1_first.py", root / "course" / "TP1-Small" / "table.csv"
    assert saves.look() == []
    save(script, "half", 1)
    assert saves.look() == []  # perhaps it is still being written
    save(script, "whole", 2)
    save(new, "1", 2)
    assert saves.look() == []
    assert saves.look() == [script, new]
    assert saves.look() == []
    script.unlink()
    (root / "course" / "TP1-Small" / ".1_first.py.swp").write_text("an editor's")
    (root / "course" / "TP1-Small" / "1_first.py~").write_text("an editor's")
    saves.look()
    assert saves.look() == [script]


@pytest.mark.parametrize(
    ("saved", "asked", "words"),
    [
        (["course/TP1-Small/1_first.py"], {}, [["TP1-Small", "--only", "1_first"]]),
        (["course/TP1-Small/1_first.py"], {"only": ["2_second"]}, []),
        (["course/TP1-Small/1_first.py"], {"assignments": ["TP2"]}, []),
        (["course/TP1-Small/img/dot.txt"], {}, [["TP1-Small"]]),
        (["course/TP1-Small/gone.py"], {}, [["TP1-Small"]]),
        (["course/schedule.md"], {}, []),
        (["exercises/relu.py"], {}, [[]]),
        (
            ["exercises/relu.py"],
            {"assignments": ["TP1-Small"], "only": ["1_first"]},
            [["TP1-Small", "--only", "1_first"]],
        ),
        (
            ["course/TP1-Small/1_first.py", "course/TP1-Small/2_second.py"],
            {},
            [["TP1-Small", "--only", "1_first", "--only", "2_second"]],
        ),
    ],
)
def test_the_least_is_built(root, saved, asked, words):
    paths = [root / name for name in saved]
    assert commands(Course(root), paths, asked.get("assignments", []), asked.get("only", [])) == words


def test_each_save_is_built(root, capsys):
    script = root / "course" / "TP1-Small" / "1_first.py"
    saves, built = Saves([root / "course"]), []

    def looks():
        for seconds in (1, 2):
            save(script, "text", seconds)
            yield "first look"
            yield "second look"

    build_saved(Course(root), saves, [], [], built.append, looks())
    assert built == [["TP1-Small", "--only", "1_first"]] * 2
    assert capsys.readouterr().out.splitlines() == [f"tp build TP1-Small --only 1_first --root {root}"] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize(("options", "told"), [(["--watch"], "Stopped watching."), ([], "Stopped. Finished notebooks")])
def test_ctrl_c_ends_with_a_sentence_and_no_half_written_file(tmp_path, options, told):
    folder = tmp_path / "course" / "TP1"
    folder.mkdir(parents=True)
    (folder / "1_slow.py").write_text(SLOW.format(started=str(tmp_path / "started")))
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from tplib.cli import main; main()"
    command = [sys.executable, "-c", code, "build", *options, "--root", str(tmp_path)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not (tmp_path / "started").exists() and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, output + errors
    assert told in errors
    assert "Traceback" not in output + errors
    assert [path for stage in ("source", "release") for path in (tmp_path / stage).rglob("*") if path.is_file()] == []


SLOW = """\
# %%
import time

open({started!r}, "w").close()
time.sleep(600)
"""
