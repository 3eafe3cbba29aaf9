"""A cell's world is the one that it has in Jupyter: its event loop, its kernel, its widgets, its files."""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from plain_course import cells_of


def all_points(course, *sources, way=()):
    """Grade one notebook of these cells and require that every test cell in it gives its points."""
    course.source(p=cells_of(*sources))
    course.hand_in()
    result = course.grade(*way)
    shown = [output for cell in course.autograded().cells for output in cell.get("outputs", [])]
    assert result.exit_code == 0, result.stdout
    assert set(course.scores().values()) == {1.0}, shown


def test_cells_run_inside_a_running_event_loop(plain):
    all_points(
        plain,
        "import asyncio\ndone = []\nasync def work(name, seconds=0):\n    await asyncio.sleep(seconds)\n"
        "    done.append(name)",
        "first = asyncio.create_task(work('first'))\nsecond = asyncio.ensure_future(work('second', 0.2))",
        "# test\nassert first.done() and done == ['first']",
        "await second",
        "# test\nassert done == ['first', 'second']",
        "# test\nassert asyncio.get_event_loop().is_running()",
        "# test\nassert asyncio.get_running_loop() is asyncio.get_event_loop()",
        "# test\ntry:\n    asyncio.run(asyncio.sleep(0))\nexcept RuntimeError as error:\n"
        "    assert 'running event loop' in str(error)\nelse:\n    assert False",
        "# test\nassert await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2)) == [1, 2]",
        "async def endless():\n    while True:\n        await asyncio.sleep(0.01)",
        "forever = asyncio.create_task(endless())",
        "# test\nassert not forever.done()",
        "def tasks(n):\n    return [asyncio.create_task(work(i)) for i in range(n)]",
        "# test\nassert len(await asyncio.gather(*tasks(3))) == 3",
        "asyncio.get_event_loop().stop()",
        "# test\nassert await asyncio.sleep(0, 3) == 3",
    )


def test_a_late_cell_that_awaits_is_stopped_and_does_not_go_on_later(plain):
    plain.source(
        p=cells_of(
            "import asyncio\nn = 0",
            "while True:\n    n += 1\n    await asyncio.sleep(0.01)",
            "before = n\nawait asyncio.sleep(0.2)",
            "# test\nassert before == n > 0",
            "async def busy():\n    while True:\n        pass\nlate = asyncio.create_task(busy())",
            "# test\nassert True",
        )
    )
    plain.hand_in()
    result = plain.grade("--cell-limit", "0.5")
    shown = [cell.outputs for cell in plain.autograded().cells if cell.cell_type == "code"]
    assert plain.scores() == {"test-3": 1.0, "test-5": 1.0}, shown
    assert "cell 2 (counted from the top), cell 5 (counted from the top) were each stopped after 0.5 s" in result.stdout


def test_the_shell_and_its_kernel_look_as_in_jupyter(plain):
    all_points(
        plain,
        "import os, sys\nfrom IPython import get_ipython\nip = get_ipython()",
        "# test\nassert ip.__class__.__name__ == 'ZMQInteractiveShell' and 'zmqshell' in str(type(ip))",
        "# test\nfrom ipykernel.zmqshell import ZMQInteractiveShell\nassert isinstance(ip, ZMQInteractiveShell)",
        "# test\nassert 'IPKernelApp' in ip.config and ip.has_trait('kernel')",
        "# test\nassert ip.kernel.shell is ip and 'msg_id' in ip.kernel.get_parent()['header']",
        "# test\nassert 'ipykernel' in vars(sys)['modules'] and 'ipykernel_launcher' in sys.argv[0]",
        "ip.kernel.do_shutdown(True)\nexit()",
        "# test\nassert 'JPY_PARENT_PID' in os.environ and sys.argv[1] == '-f'",
    )


def test_what_goes_to_a_widget_is_no_output_of_the_cell(plain):
    all_points(
        plain,
        "from ipywidgets import Output, interact\nout = Output()",
        "# test\nwith out:\n    print('printed')\n    1 / 0",
        "# test\nassert [shown['output_type'] for shown in out.outputs] == ['stream', 'error'], out.outputs\n"
        "assert out.outputs[1]['ename'] == 'ZeroDivisionError'",
        "# test\ndef show(x=3):\n    print(x)\n    raise ValueError(x)\ninteract(show)\nNone",
        "@out.capture(clear_output=True)\ndef noisy():\n    print('once')\nnoisy(); noisy()",
        "# test\nassert [shown['text'] for shown in out.outputs] == ['once\\n'], out.outputs",
        "with out:\n    pass\nprint('to the cell')",
        "# test\nassert len(out.outputs) == 1",
    )
    cells = plain.autograded().cells
    assert cells[6].outputs[0].text == "to the cell\n"
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)


def test_a_widget_hides_no_failed_test_and_no_late_cell(plain):
    plain.source(
        p=cells_of(
            "from ipywidgets import Output\nout = Output()\ndef answer():\n    out.__enter__()\n    return 41",
            "# test\nassert answer() == 42",
            "def slow():\n    with out:\n        while True:\n            pass",
            "# test\nslow()",
        )
    )
    plain.hand_in()
    plain.grade("--cell-limit", "0.5")
    assert plain.scores() == {"test-1": 0.0, "test-3": 0.0}


BOTH = pytest.mark.parametrize("way", [(), ("--cold", "--sandbox", "off")], ids=["sandbox", "fresh kernel"])


@BOTH
def test_notebooks_see_each_others_files_and_what_is_written_is_kept(plain, way):
    plain.source(
        a=cells_of(
            "import os\nos.makedirs('made/inside')\nopen('made/inside/x.txt', 'w').write('from a')",
            "os.remove('old.txt')\nopen('data.csv', 'a').write('more')",
            "open('again.ipynb', 'w').write('{}')\nopen('timestamp.txt', 'w').write('1')",
            "# test\nimport json\nassert len(json.load(open('a.ipynb'))['cells']) == 4",
        ),
        b=cells_of(
            "# test\nassert open('made/inside/x.txt').read() == 'from a' and open('data.csv').read() == '1,2more'",
            "# test\nimport os\nassert {'a.ipynb', 'b.ipynb', 'again.ipynb'} < set(os.listdir())",
            "# test\nassert not os.path.exists('old.txt')",
            "import matplotlib.pyplot as plt\nplt.savefig('figure.png')",
        ),
    )
    (plain.root / "source/ps1/data.csv").write_text("1,2")
    folder = plain.hand_in()
    (folder / "old.txt").write_text("old")
    (folder / "timestamp.txt").write_text("2025-01-31 10:00:00 UTC")
    plain.grade(*way)
    assert set(plain.scores().values()) == {1.0}
    kept = plain.root / "autograded/amy/ps1"
    assert (kept / "made/inside/x.txt").read_text() == "from a"
    assert (kept / "data.csv").read_text() == "1,2more"
    assert (kept / "figure.png").read_bytes().startswith(b"\x89PNG")
    assert (kept / "timestamp.txt").read_text() == "2025-01-31 10:00:00 UTC"
    assert sorted(path.name for path in kept.glob("*.ipynb")) == ["a.ipynb", "b.ipynb"]
    assert (folder / "data.csv").read_text() == "1,2"


def test_files_over_the_cap_are_left_out_and_named(plain):
    plain.source(
        p=cells_of(
            "open('small.txt', 'w').write('kept')\nopen('large.bin', 'wb').write(bytes(30 << 20))",
            "import os\nos.symlink('/etc/passwd', 'link.txt')\nos.mkfifo('pipe')",
            "# test\nassert True",
        )
    )
    plain.hand_in()
    plain.grade()
    kept = plain.root / "autograded/amy/ps1"
    assert (kept / "small.txt").read_text() == "kept"
    assert sorted(path.name for path in kept.iterdir()) == ["p.ipynb", "small.txt"]
    (problem,) = plain.autograded().metadata.tplib.problems
    assert problem.reason.endswith("at most 1000 files of 24 MiB in all): 1 of them were left out")
    assert plain.scores() == {"test-2": 1.0}


@BOTH
def test_skip_execution_is_honoured_but_no_student_skips_a_test(plain, way):
    def tagged(source):
        return new_code_cell(source, metadata={"tags": ["skip-execution"]})

    right = [tagged("answer = 41"), "try:\n    answer\nexcept NameError:\n    answer = 42"]
    plain.source(p=cells_of(*right, "# test\nassert answer == 42", tagged("# test 2\nassert False")))
    folder = plain.hand_in()
    notebook = json.loads((folder / "p.ipynb").read_text())
    notebook["cells"][1]["source"] = "answer = 0"
    notebook["cells"][2]["metadata"]["tags"] = ["skip-execution"]
    plain.hand_in("bob")
    (plain.root / "submitted/bob/ps1/p.ipynb").write_text(json.dumps(notebook))
    plain.grade(*way)
    assert plain.scores() == {
        "test-2": 1.0,
        "test-3": 2.0,
    }  # as in nbgrader, what the instructor skips gives its points
    assert plain.scores("bob") == {"test-2": 0.0, "test-3": 2.0}


def test_feedback_shows_a_picture_that_the_code_saved(plain):
    plain.source(p=cells_of("import matplotlib.pyplot as plt\nplt.savefig('fig.png')", "# test\nassert True"))
    notebook = json.loads((plain.root / "source/ps1/p.ipynb").read_text())
    notebook["cells"].append(new_markdown_cell("![figure](fig.png)"))
    (plain.hand_in() / "p.ipynb").write_text(json.dumps(notebook))
    plain.grade()
    assert plain.tp("feedback", "ps1", "--course", plain.root).exit_code == 0
    page = plain.root / "feedback/amy/ps1/p.html"
    assert 'src="fig.png"' in page.read_text()
    assert (page.parent / "fig.png").read_bytes().startswith(b"\x89PNG")


@BOTH
def test_programs_beside_the_notebook_may_be_executed_and_stay_so(plain, way):
    plain.source(
        a=cells_of(
            "# test\nimport subprocess\nassert subprocess.check_output(['./run.sh']) == b'of the course'",
            "# test\nassert subprocess.check_output('./mine.sh') == b'of the student'",
            "# test\nimport os\nassert not os.access('notes.sh', os.X_OK)",
            "open('made.sh', 'w').write('#!/bin/sh\\nprintf made')\nos.chmod('made.sh', 0o755)",
        ),
        b=cells_of(*"1234", "# test\nimport subprocess\nassert subprocess.check_output('./made.sh') == b'made'"),
    )
    source = plain.root / "source/ps1"
    for name, text in {"run": "printf 'of the course'", "notes": "", "mine": "printf 'of the student'"}.items():
        (source / f"{name}.sh").write_text(f"#!/bin/sh\n{text}")
    (source / "run.sh").chmod(0o755)
    folder = plain.hand_in()
    (source / "mine.sh").unlink()
    (folder / "run.sh").chmod(0o644)
    (folder / "mine.sh").chmod(0o755)
    plain.grade(*way)
    assert plain.scores() == {"test-0": 1.0, "test-1": 1.0, "test-2": 1.0, "test-4": 1.0}


@BOTH
def test_the_folder_is_called_like_the_assignment(plain, way):
    all_points(
        plain,
        "# test\nfrom pathlib import Path\nassert Path.cwd().name == 'ps1' and Path.cwd().parent.name == 'student'",
        "# test\nimport os\nassert os.getcwd() == str(Path('p.ipynb').resolve().parent)",
        way=way,
    )


@BOTH
def test_nobody_answers(plain, way):
    all_points(
        plain,
        "import getpass\nfrom IPython.core.error import StdinNotImplementedError",
        "# test\ntry:\n    getpass.getpass('key')\nexcept StdinNotImplementedError:\n    pass\nelse:\n    assert False",
        "# test\ntry:\n    input()\nexcept StdinNotImplementedError:\n    pass\nelse:\n    assert False",
        way=way,
    )


@BOTH
def test_no_module_is_there_before_the_notebook_imports_it(plain, way):
    all_points(
        plain,
        "import sys",
        "# test\nassert not {'numpy', 'pandas', 'tplib', 'sklearn'} & set(sys.modules)",
        "import numpy",
        "# test\nassert 'numpy' in sys.modules and 'pandas' not in sys.modules",
        "import pandas",
        way=way,
    )


@BOTH
def test_a_breakpoint_that_was_left_in_an_answer_stops_nothing(plain, way):
    all_points(plain, "def f(x):\n    breakpoint()\n    return x + 1", "# test\nassert f(1) == 2", way=way)


def test_a_test_that_needs_a_network_is_named(plain):
    plain.source(
        p=cells_of(
            "# test\nimport socket\nserver = socket.socket()\nserver.bind(('127.0.0.1', 0))",
            "# test\nimport urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')",
            "# test\nsocket.getaddrinfo('example.org', 80)",
            "# test\nimport asyncio\nawait asyncio.open_connection('127.0.0.1', 80)",
            "# test\npair = socket.socketpair()",
            "# test\nraise PermissionError(1, 'Operation not permitted')",
        )
    )
    plain.hand_in()
    result = plain.grade()
    assert "no network" in result.stdout
    (problem,) = plain.autograded().metadata.tplib.problems
    cells = ", ".join(f"the cell test-{number}" for number in range(4))
    assert problem.reason.startswith(f"p.ipynb: {cells} failed for want of a network")
