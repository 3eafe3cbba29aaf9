"""The search for the largest batch, on devices whose memory the tests make."""

import gc
import weakref
from unittest import mock

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tplib import TplibError
from tplib.gpu import batch_size, free_memory, is_out_of_memory, largest_batch, memory_report


def room_for(most: int, error: type[Exception] = torch.OutOfMemoryError):
    def trial(size: int) -> None:
        if size > most:
            raise error("CUDA out of memory. Tried to allocate 20.00 MiB")

    return trial


@given(st.data())
def test_it_finds_the_last_that_fits(data: st.DataObject) -> None:
    limit = data.draw(st.integers(1, 3000))
    multiple = data.draw(st.integers(1, limit))
    start = data.draw(st.integers(1, limit))
    most = data.draw(st.integers(multiple, 4000))
    with mock.patch.object(batch_size, "free_memory"):  # there is none, and looking for it takes long
        found = largest_batch(room_for(most), limit, start=start, multiple=multiple, device="meta")
    truth = max(size for size in range(multiple, limit + 1, multiple) if size <= most)
    assert found.size == truth
    assert found.at_limit == (truth + multiple > limit)
    assert all(fits == (size <= most) and size <= limit for size, fits in found.trials)
    sizes = [size for size, _ in found.trials]
    assert len(sizes) == len(set(sizes)) <= 2 * limit.bit_length() + 2


def test_doubling_then_bisection() -> None:
    found = largest_batch(room_for(11), 1000, device="cpu")
    assert [size for size, _ in found.trials] == [1, 2, 4, 8, 16, 12, 10, 11]
    assert str(found) == "a batch of 11 fits (8 trials; the next size tried ran out of memory)"
    assert "limit" in str(largest_batch(room_for(11), 8, device="cpu"))


class Held:
    """Stands for a tensor: an object of which the test knows whether it is still there."""


def test_what_a_failed_trial_held_is_freed() -> None:
    alive: list[weakref.ref[Held]] = []
    still_there = []

    def deep(size: int, held: Held) -> None:
        batch = held  # noqa: F841
        try:
            raise ValueError("the first of a chain")
        except ValueError as first:
            if size > 4:
                raise torch.OutOfMemoryError("out of memory") from first

    def trial(size: int) -> None:
        gc.collect()
        still_there.append(sum(ref() is not None for ref in alive))
        held = Held()
        alive.append(weakref.ref(held))
        cycle = [held]
        cycle.append(cycle)
        deep(size, held)

    assert largest_batch(trial, 100, device="cpu").size == 4
    assert still_there == [0] * len(alive)
    assert [ref() for ref in alive] == [None] * len(alive)


def test_it_works_while_another_exception_is_handled() -> None:
    def again() -> tuple[int, bool]:
        try:
            raise KeyError("of the caller")
        except KeyError as error:
            size = largest_batch(room_for(3), 10, device="cpu").size
            return size, error.__traceback__ is not None

    assert again() == (3, True)


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory."),
        MemoryError(),
        RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    ],
    ids=repr,
)
def test_out_of_memory_in_other_words(error: Exception) -> None:
    def trial(size: int) -> None:
        if size > 2:
            raise error

    assert is_out_of_memory(error)
    assert largest_batch(trial, 10, device="cpu").size == 2


def test_pytorch_itself_out_of_main_memory() -> None:
    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**60, dtype=torch.uint8)
    assert is_out_of_memory(caught.value)


@pytest.mark.parametrize("error", [ValueError("shapes"), RuntimeError("mat1 and mat2 shapes cannot be multiplied")])
def test_another_error_comes_through_with_the_size(error: Exception) -> None:
    def trial(size: int) -> None:
        if size == 4:
            raise error

    assert not is_out_of_memory(error)
    with pytest.raises(type(error)) as caught:
        largest_batch(trial, 10, device="cpu")
    assert caught.value is error
    assert caught.value.__notes__ == ["largest_batch: this happened with a batch of 4."]
    assert caught.value.__traceback__.tb_next is not None


def test_not_even_one() -> None:
    with pytest.raises(TplibError, match="Not even a batch of 8 fits"):
        largest_batch(room_for(7), 64, multiple=8, device="cpu")


@pytest.mark.parametrize(("limit", "start", "multiple"), [(0, 1, 1), (4, 5, 1), (4, 1, 5), (4, 0, 1), (4, 1, 0)])
def test_arguments(limit: int, start: int, multiple: int) -> None:
    with pytest.raises(ValueError, match="start and multiple of at least 1"):
        largest_batch(room_for(3), limit, start=start, multiple=multiple, device="cpu")


def test_cuda(cuda: torch.device) -> None:
    """Each element of the batch takes a MiB; the process may use 256 MiB more than now."""
    free_memory(cuda)
    before = memory_report(cuda)
    torch.cuda.set_per_process_memory_fraction((before.reserved + 256 * 2**20) / before.total, cuda)
    try:
        found = largest_batch(lambda size: torch.empty(size, 2**20, dtype=torch.uint8, device=cuda), 4096, device=cuda)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0, cuda)
    assert 224 <= found.size <= 272  # PyTorch reserves in steps, and counts its first small pool elsewhere
    assert not found.at_limit
    assert memory_report(cuda).allocated == before.allocated
