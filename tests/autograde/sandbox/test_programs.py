"""What honest notebooks do still works in a candidate."""

from __future__ import annotations

import pytest


def test_threads_processes_and_event_loops(candidate):
    answer = candidate(
        """
        import asyncio, os, subprocess, sys, tempfile, threading
        from concurrent.futures import ThreadPoolExecutor
        answer = []
        with ThreadPoolExecutor(4) as pool:
            answer.append(sum(pool.map(abs, range(-10, 0))))
        answer.append(subprocess.run(["sh", "-c", "echo $((6*7)) | cat"], capture_output=True, text=True).stdout)
        answer.append(subprocess.run([sys.executable, "-S", "-c", "print(1)"], capture_output=True, text=True).stdout)
        async def both():
            async def one(x):
                await asyncio.sleep(0.01)
                return x
            process = await asyncio.create_subprocess_exec("true")
            return sum(await asyncio.gather(one(1), one(2))) + await process.wait()
        answer.append(asyncio.run(both()))
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
        pid = os.fork()
        if pid == 0:
            os._exit(5)
        answer.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """
    )
    assert answer == [55, "42\n", "1\n", 3, 5]


def test_multiprocessing_and_shared_memory(candidate):
    answer = candidate(
        """
        import multiprocessing, os
        from multiprocessing import shared_memory
        answer = []
        with multiprocessing.get_context("fork").Pool(3) as pool:
            answer.append(pool.map(abs, [-1, -2, -3]))
        memory = shared_memory.SharedMemory(create=True, size=100)
        memory.buf[0] = 7
        again = shared_memory.SharedMemory(memory.name)
        answer.append(again.buf[0])
        memory.unlink()
        with open("work.py", "w") as file:
            file.write("def double(x): return 2 * x\\n")
        import sys
        sys.path.insert(0, "")
        from work import double
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            answer.append(pool.map(double, [1, 2]))
        """,
    )
    assert answer == [[1, 2, 3], 7, [2, 4]]


def test_callbacks_from_c(candidate):
    answer = candidate(
        """
        import ctypes
        libc = ctypes.CDLL(None)
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
        numbers = (ctypes.c_int * 4)(3, 1, 2, 0)
        libc.qsort(numbers, 4, 4, kind(lambda a, b: a[0] - b[0]))
        answer = list(numbers)
        """
    )
    assert answer == [0, 1, 2, 3]


@pytest.mark.slow
def test_torch_with_workers_that_load_data(scene):
    answer = scene(
        """
        import importlib.util
        if importlib.util.find_spec("torch") is None:
            result = None
        else:
            import os
            os.environ["OMP_NUM_THREADS"] = "1"
            import torch, torch.utils.data
            assert len(os.listdir("/proc/self/task")) == 1
            result = run('''
        import torch
        from torch.utils.data import DataLoader, TensorDataset
        data = TensorDataset(torch.arange(64.0).reshape(32, 2))
        seen = sum(batch[0].sum() for batch in DataLoader(data, batch_size=8, num_workers=2))
        x = torch.ones(3, requires_grad=True)
        (x * x).sum().backward()
        torch.set_num_threads(2)
        product = torch.ones(400, 400) @ torch.ones(400, 400)
        shared = torch.ones(5).share_memory_()
        answer = [float(seen), x.grad.tolist(), float(product[0, 0]), float(shared.sum())]
        '''.replace("\\n        ", "\\n"))
        """
    )
    if answer is None:
        pytest.skip("this user's Python has no torch")
    assert answer == [2016.0, [2.0, 2.0, 2.0], 400.0, 5.0]
