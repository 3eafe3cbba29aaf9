import signal
import sys
import threading

import nbformat.v4 as v4
import pytest

from tplib import TplibError
from tplib.course import execute as module
from tplib.course.dialect import METADATA
from tplib.course.execute import execute


def notebook(*sources, **metadata):
    return v4.new_notebook(cells=[v4.new_code_cell(source, metadata=metadata) for source in sources])


def check_cell(points, source):
    nbgrader = {"grade": True, "solution": False, "locked": True, "grade_id": "check-a", "points": points}
    return v4.new_code_cell(source, metadata={"nbgrader": nbgrader})


def text(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def test_outputs_are_stored_and_do_not_depend_on_the_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    nb = notebook(
        "import os, sys, warnings\nprint(os.getcwd(), object(), sys.executable)",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "print({k: v for k, v in os.environ.items() if 'OFFLINE' in k or 'NUM_THREADS' in k})",
        "import ipywidgets\nipywidgets.IntSlider()",
        "warnings.warn('careful')",
        "1 / 0",
    )
    nb.cells[-1].metadata.tags = ["raises-exception"]
    seen = []
    notes = execute(nb, tmp_path, "TP1/1_first", seen.append)
    assert seen == [0, 1, 2, 3, 4, 5]
    assert text(nb.cells[0]) == f". <object object at 0x...> {sys.executable}\n"
    assert "image/png" in nb.cells[1].outputs[0].data
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        assert f"'{name}': '1'" in text(nb.cells[2])
    assert set(nb.cells[3].outputs[0].data) == {"text/plain"}
    assert text(nb.cells[4]).startswith("<cell>:1: UserWarning: careful")
    assert notes == ["TP1/1_first, cell 5 (warnings.warn('careful')) writes to stderr: <cell>:1: UserWarning: careful"]
    assert nb.cells[5].outputs[0].ename == "ZeroDivisionError"
    assert nb.metadata == METADATA
    assert [cell.execution_count for cell in nb.cells] == [1, 2, 3, 4, 5, 6]
    assert all("execution" not in cell.metadata for cell in nb.cells)


def test_a_failing_cell_is_named(tmp_path):
    with pytest.raises(TplibError, match=r"^TP1/1_first, cell 2 \(x = 1 / 0\): ZeroDivisionError: division by zero$"):
        execute(notebook("1", "x = 1 / 0"), tmp_path, "TP1/1_first")


def test_a_dead_kernel_and_an_endless_cell_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "CELL_TIMEOUT", 1)
    with pytest.raises(TplibError, match=r"cell 1 \(while True: pass\): no end after 1 s"):
        execute(notebook("while True: pass"), tmp_path, "TP1/1_first")
    with pytest.raises(TplibError, match=r"cell 1 \(import os\): the kernel died"):
        execute(notebook("import os\nos._exit(9)"), tmp_path, "TP1/1_first")


def test_the_notebooks_own_answers_must_earn_full_marks(tmp_path):
    nb = v4.new_notebook(cells=[check_cell(2, "2.0"), check_cell(2, "print('is the mean missing?')\n1.5")])
    with pytest.raises(TplibError) as caught:
        execute(nb, tmp_path, "TP1/1_first")
    assert str(caught.value).splitlines() == [
        "TP1/1_first, cell 2 (print('is the mean missing?')): the answer above earns 1.5 of 2 points",
        "    is the mean missing?",
    ]


def test_what_a_check_said_is_plain_text(tmp_path):
    nb = v4.new_notebook(cells=[check_cell(2, "from tplib.graders import check\ncheck('no_such_<exercise>')")])
    with pytest.raises(TplibError) as caught:
        execute(nb, tmp_path, "TP1/1_first")
    told = str(caught.value).splitlines()[1]
    assert told.startswith("    There is no exercise called 'no_such_<exercise>'.")
    assert "&" not in told
    assert "of 0 points" not in told


def test_a_compared_cell_may_not_print_an_address(tmp_path):
    with pytest.raises(TplibError, match=r"cell 1 \(object\(\)\) is compared by nbval, but prints a memory address"):
        execute(notebook("object()", tags=["nbval-check-output"]), tmp_path, "TP1/1_first")


def test_a_picture_of_megabytes_in_one_word_costs_no_more_than_its_length(tmp_path):
    code = "from IPython.display import HTML\nHTML('<img src=data:' + 'aB/9' * 500_000 + '>')"
    nb = notebook(code)
    execute(nb, tmp_path, "TP1/1_first")  # a search that begins anew at each letter would not end today
    assert len(nb.cells[0].outputs[0].data["text/html"]) > 2_000_000


def test_text_printed_in_one_go_is_one_output(tmp_path):
    pause = "import sys, time\nfor word in 'a', 'b':\n    print(word, flush=True)\n    time.sleep(0.3)"
    nb = notebook(f"{pause}\ndisplay(1)\nprint('c')\nprint('d', file=sys.stderr)")
    execute(nb, tmp_path, "TP1/1_first")
    texts = [output.get("text", "a figure") for output in nb.cells[0].outputs]
    assert sorted(texts) == ["a\nb\n", "a figure", "c\n", "d\n"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals between threads")
def test_an_interrupt_stops_the_kernel_at_once(tmp_path):
    # A shell that starts the tests in the background makes them ignore interrupts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupt(index):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    try:
        with pytest.raises(KeyboardInterrupt):
            execute(notebook("import time\ntime.sleep(60)"), tmp_path, "TP1/1_first", interrupt)
    finally:
        signal.signal(signal.SIGINT, before)
