"""Batches that are on the device before they are asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sized
from typing import Any, Generic, TypeVar

import torch

from tplib.gpu.devices import best_device
from tplib.gpu.moving import pin, tensors, to_device

Batch = TypeVar("Batch")


class PrefetchLoader(Generic[Batch]):
    """A loader whose batches are on the device; on CUDA the next are copied while the GPU works on the present one.

        for inputs, labels in PrefetchLoader(DataLoader(dataset, 64, pin_memory=True), device):

    Takes any iterable of batches. A batch that is not pinned is pinned first, in this process; `pin_memory=True` has
    the DataLoader do it in a thread. On other devices batches are moved when asked for; on a CPU nothing is done.
    """

    def __init__(self, loader: Iterable[Batch], device: str | torch.device | None = None, *, ahead: int = 1) -> None:
        if ahead < 1:
            raise ValueError(f"PrefetchLoader: expected to load at least 1 batch ahead, got {ahead}")
        if isinstance(loader, Iterator):
            raise TypeError(
                "PrefetchLoader: expected a loader that can be read once an epoch (a DataLoader, a list), got an "
                "iterator, which ends after one pass"
            )
        self.loader, self.device, self.ahead = loader, best_device(device), ahead

    def __len__(self) -> int:
        if not isinstance(self.loader, Sized):
            raise TypeError(f"PrefetchLoader: a loader of type {type(self.loader).__name__} does not know its length")
        return len(self.loader)

    def __iter__(self) -> Iterator[Batch]:
        if self.device.type == "cuda":
            return self._prefetched()
        return (to_device(batch, self.device) for batch in self.loader)

    def _prefetched(self) -> Iterator[Batch]:
        stream = torch.cuda.Stream(self.device)  # copies run beside the kernels of the main stream
        source = iter(self.loader)
        waiting: deque[tuple[Any, torch.cuda.Event]] = deque()
        error: Exception | None = None
        open_ = True
        while True:
            while open_ and len(waiting) <= self.ahead:
                try:
                    batch = next(source)
                except StopIteration:
                    open_ = False
                except Exception as problem:  # raised when its batch is due, after those before it
                    error, open_ = problem, False
                else:
                    with torch.cuda.stream(stream):
                        moved = to_device(pin(batch), self.device)
                    waiting.append((moved, stream.record_event()))
            if not waiting:
                break
            moved, arrived = waiting.popleft()
            main = torch.cuda.current_stream(self.device)
            main.wait_event(arrived)
            for tensor in tensors(moved):
                if tensor.device.type == "cuda":  # or its memory could be used again while the main stream reads it
                    tensor.record_stream(main)
            yield moved
        if error is not None:
            raise error
