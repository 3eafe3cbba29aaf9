"""Memory of the device and of this process."""

import mmap
import sys

import pytest
import torch

from tplib.gpu import free_memory, memory, memory_report, reset_peak
from tplib.gpu.memory import size_text

MIB = 2**20


def test_this_process_grows_by_what_it_writes() -> None:
    before = memory_report("cpu")
    with mmap.mmap(-1, 64 * MIB) as fresh_pages:  # an array could lie in memory that the allocator already holds
        for _ in range(64):
            fresh_pages.write(b"\1" * MIB)
        after = memory_report("cpu")
    if before.process is None or after.process is None:
        pytest.skip("this system does not tell a process's memory without psutil")
    assert 48 * MIB < after.process - before.process < 96 * MIB
    if sys.platform == "linux":
        assert after.process_peak >= after.process


def test_main_memory_agrees_with_psutil() -> None:
    psutil = pytest.importorskip("psutil")
    report = memory_report("cpu")
    assert report.total == psutil.virtual_memory().total
    assert 0 < report.free <= report.total
    assert report.process == pytest.approx(psutil.Process().memory_info().rss, rel=0.1)
    assert (report.allocated, report.reserved, report.peak) == (None, None, None)


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's /proc")
def test_without_psutil(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    report = memory_report("cpu")
    assert 0 < report.free <= report.total
    assert report.process > 10 * MIB


def test_what_is_not_known_is_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_process", lambda: (None, None))
    report = memory_report("meta")
    assert str(report) == "meta: it does not tell"
    reset_peak("meta")
    reset_peak("cpu")


def test_text() -> None:
    report = memory.MemoryReport(torch.device("cuda:0"), 3 * MIB, 4 * MIB, 5 * MIB, 2**31, 2**33, 100 * MIB, None)
    assert str(report).splitlines() == [
        "cuda:0: 3.0 MiB in tensors, 5.0 MiB at the peak, 4.0 MiB reserved, 2.0 GiB free, 8.0 GiB in all",
        "this process: 100.0 MiB of main memory",
    ]
    assert [size_text(n) for n in (None, 0, 1023, 1024, 1536 * MIB, 2**41)] == [
        "unknown",
        "0 B",
        "1023 B",
        "1.0 KiB",
        "1.5 GiB",
        "2048.0 GiB",
    ]


def test_cuda(cuda: torch.device) -> None:
    free_memory(cuda)
    reset_peak(cuda)
    before = memory_report(cuda)
    held = torch.empty(64 * MIB, dtype=torch.uint8, device=cuda)
    during = memory_report(cuda)
    del held
    after = memory_report(cuda)
    assert during.allocated - before.allocated == 64 * MIB
    assert after.allocated == before.allocated
    assert during.allocated <= after.peak <= during.allocated + MIB  # PyTorch's own small blocks come and go
    assert during.reserved >= during.allocated
    assert during.total == pytest.approx(torch.cuda.get_device_properties(cuda).total_memory, rel=0.02)
    free_memory(cuda)
    reset_peak(cuda)
    assert memory_report(cuda).reserved <= during.reserved - 64 * MIB
    assert memory_report(cuda).peak <= before.allocated + MIB
