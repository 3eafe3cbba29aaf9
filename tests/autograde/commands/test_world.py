"""A cell's world is the one that it has in Jupyter: its event loop, its kernel, its widgets, its files."""

from __future__ import annotations

from plain_course import cells_of


def all_points(course, *sources):
    """Grade one notebook of these cells and require that every test cell in it gives its points."""
    course.source(p=cells_of(*sources))
    course.hand_in()
    result = course.grade()
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
    assert "cell 2 (counted from the top), cell 5 (counted from the top) was stopped after 0.5 s" in result.stdout


def test_the_shell_and_its_kernel_look_as_in_jupyter(plain):
    all_points(
        plain,
        "import os, sys\nfrom IPython import get_ipython\nip = get_ipython()",
        "# test\nassert ip.__class__.__name__ == 'ZMQInteractiveShell' and 'zmqshell' in str(type(ip))",
        "# test\nfrom ipykernel.zmqshell import ZMQInteractiveShell\nassert isinstance(ip, ZMQInteractiveShell)",
        "# test\nassert 'IPKernelApp' in ip.config and ip.has_trait('kernel')",
        "# test\nassert ip.kernel.shell is ip and 'msg_id' in ip.kernel.get_parent()['header']",
        "# test\nassert 'ipykernel' in sys.modules and 'ipykernel_launcher' in sys.argv[0] and sys.argv[1] == '-f'",
        "ip.kernel.do_shutdown(True)\nexit()",
        "# test\nassert 'JPY_PARENT_PID' in os.environ",
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
