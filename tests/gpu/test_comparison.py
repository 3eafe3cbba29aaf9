"""The table of devices."""

from collections.abc import Callable

import pytest
import torch

from tplib.gpu import Timing, compare_devices, comparison


def work(device: torch.device) -> Callable[[], object]:
    x = torch.ones(8, 8, device=device)
    return lambda: x @ x


def test_each_work_on_each_device() -> None:
    made = []

    def noted(device: torch.device) -> Callable[[], object]:
        made.append(device.type)
        return work(device)

    result = compare_devices({"product": noted, "again": noted}, ["cpu", "meta"], repeats=2, warmup=1)
    assert made == ["cpu", "meta"] * 2
    assert result.rows()[0] == ["work", "cpu", "meta", "times as fast"]
    assert [len(t.seconds) for pair in result.results.values() for t in pair] == [2] * 4


def test_times_as_fast_is_the_ratio_of_medians(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = {"cpu": 0.02, "meta": 0.004}
    monkeypatch.setattr(comparison, "measure", lambda function, device, **options: Timing((seconds[device.type],), 0.0))
    result = compare_devices({"product": work}, ["cpu", "meta"])
    assert result.rows()[1] == ["product", "20 ms", "4 ms", "5"]
    assert str(result).splitlines()[:2] == [
        "work       cpu  meta  times as fast",
        "product  20 ms  4 ms              5",
    ]
    assert result._repr_markdown_().splitlines()[1:] == ["|---|---:|---:|---:|", "| product | 20 ms | 4 ms | 5 |"]


def test_what_a_device_cannot_do_becomes_a_word() -> None:
    def full(device: torch.device) -> Callable[[], object]:
        if device.type == "meta":
            raise torch.OutOfMemoryError("CUDA out of memory.\nlong")
        return work(device)

    def lacking(device: torch.device) -> Callable[[], object]:
        return lambda: torch.ones(2, device=device).tolist()  # a meta tensor has no data

    rows = compare_devices({"full": full, "lacking": lacking}, ["cpu", "meta"], repeats=1, warmup=0).rows()
    assert rows[1][2:] == ["out of memory", "-"]
    assert rows[2][2].startswith("failed: ")
    assert rows[2][3] == "-"


def test_a_mistake_in_the_work_is_no_result() -> None:
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        compare_devices({"wrong": lambda device: lambda: torch.ones(2, 3) @ torch.ones(2, 3)}, ["cpu"])


def test_by_default_cpu_and_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TPLIB_DEVICE", raising=False)
    devices = compare_devices({"product": work}, repeats=1, warmup=0).devices
    assert devices[0] == torch.device("cpu")
    assert len(devices) == len(set(devices)) <= 2


def test_no_device() -> None:
    with pytest.raises(ValueError, match="at least one device"):
        compare_devices({"product": work}, [])


def test_cuda(cuda: torch.device) -> None:
    def product(device: torch.device) -> Callable[[], object]:
        x = torch.rand(2048, 2048, device=device)
        return lambda: x @ x

    result = compare_devices({"product": product}, repeats=3)
    assert result.devices == (torch.device("cpu"), cuda)
    cpu, gpu = result.results["product"]
    assert gpu.median < cpu.median
