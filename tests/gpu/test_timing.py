"""Timing against a clock and a device that the tests make."""

import numpy as np
import pytest
import torch

from tplib.gpu import Timing, measure, timing


class Machine:
    """A device that notes work and does it later: a call returns after 1 s, and its work takes 10 s more."""

    def __init__(self, first: float = 0.0) -> None:
        self.now, self.queue, self.extra, self.calls = 0.0, 0.0, first, 0

    def call(self) -> None:
        self.calls += 1
        self.now += 1 + self.extra
        self.extra = 0.0
        self.queue += 10

    def synchronize(self, device: object) -> None:
        self.now += self.queue
        self.queue = 0.0


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(first=100)
    monkeypatch.setattr(timing.time, "perf_counter", lambda: machine.now)
    monkeypatch.setattr(timing, "synchronize", machine.synchronize)
    return machine


def test_the_work_counts_and_the_first_calls_do_not(machine: Machine) -> None:
    result = measure(machine.call, repeats=5, warmup=2)
    assert result.seconds == (11,) * 5
    assert result.first == 111
    assert machine.calls == 7


def test_work_asked_for_before_does_not_count(machine: Machine) -> None:
    machine.queue = 1000
    assert measure(machine.call, repeats=1, warmup=0) == Timing((111,), 111)


def test_median_and_quartiles() -> None:
    seconds = tuple(np.random.default_rng(0).exponential(size=11))
    result = Timing(seconds, 1.0)
    assert result.median == pytest.approx(np.median(seconds))
    assert result.quartiles == pytest.approx(tuple(np.quantile(seconds, [0.25, 0.75])))
    assert Timing((2.0,), 3.0).quartiles == (2.0, 2.0)


def test_the_text_has_units() -> None:
    text = str(Timing((0.0012,) * 4, 2.5))
    assert text == "1.2 ms (median of 4; quartiles 1.2 ms and 1.2 ms; the first call took 2.5 s)"
    assert [timing.duration(s) for s in (12.0, 3.4e-5, 5e-8, 0.0)] == ["12 s", "34 µs", "50 ns", "0 ns"]


@pytest.mark.parametrize(("repeats", "warmup"), [(0, 1), (1, -1)])
def test_nothing_to_time(repeats: int, warmup: int) -> None:
    with pytest.raises(ValueError, match="repeats of at least 1"):
        measure(lambda: None, repeats=repeats, warmup=warmup)


@pytest.mark.parametrize("device", [None, "cpu", "meta"])
def test_on_a_cpu(device: str | None) -> None:
    result = measure(lambda: torch.ones(10).sum(), device=device, repeats=3, warmup=1)
    assert len(result.seconds) == 3
    assert min(result.seconds) > 0


def test_what_the_function_raises_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        measure(lambda: 1 / 0)


def test_cuda(cuda: torch.device) -> None:
    """Against the GPU's own clock."""
    matrix = torch.rand(4096, 4096, device=cuda)
    result = measure(lambda: matrix @ matrix, device=cuda)
    start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    torch.cuda.synchronize(cuda)
    start.record()
    for _ in range(20):
        matrix @ matrix
    end.record()
    torch.cuda.synchronize(cuda)
    truth = start.elapsed_time(end) / 20 / 1000
    assert 0.5 * truth < result.median < 2 * truth + 0.001
    assert measure(lambda: matrix @ matrix).median == pytest.approx(result.median, rel=1, abs=0.001)
