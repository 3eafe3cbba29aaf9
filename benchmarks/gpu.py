"""What a GPU gives, and what right use of it gives: one short table for each question.

Run with `python benchmarks/gpu.py` (`--device cpu` for another device than the best). It needs PyTorch and NumPy, and
takes a minute at most. Sizes are smaller on a CPU: compare devices in the last table, which has the same for both.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import torch
from torch.utils.data import DataLoader, TensorDataset

from tplib.gpu import (
    MixedPrecision,
    PrefetchLoader,
    choose_device,
    compare_devices,
    free_memory,
    largest_batch,
    measure,
    memory_report,
    reproducible,
    reset_peak,
    synchronize,
    to_device,
)
from tplib.gpu.comparison import text_table
from tplib.gpu.memory import size_text
from tplib.gpu.timing import duration

CLASSES, VOCABULARY = 10, 5_000


class Classifier(torch.nn.Module):
    """A small Transformer over token numbers."""

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.embedding = torch.nn.Embedding(VOCABULARY, width)
        layer = torch.nn.TransformerEncoderLayer(width, width // 64, 4 * width, dropout=0.0, batch_first=True)
        self.encoder = torch.nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.head = torch.nn.Linear(width, CLASSES)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.head(self.encoder(self.embedding(ids)).mean(1))  # (B, T) -> (B, K)


def stepper(model: torch.nn.Module, precision: MixedPrecision) -> Callable[[torch.Tensor, torch.Tensor], object]:
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)

    def step(ids: torch.Tensor, labels: torch.Tensor) -> object:
        with precision.autocast():
            loss = torch.nn.functional.cross_entropy(model(ids), labels)
        return precision.step(loss, optimizer)

    return step


def batch(size: int, length: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.randint(VOCABULARY, (size, length), device=device), torch.randint(CLASSES, (size,), device=device)


def timers(device: torch.device, gpu: bool) -> list[list[str]]:
    """One product of matrices by a naive clock, by a clock that waits, and by `measure`."""
    size = 8192 if gpu else 1024
    matrix = torch.rand(size, size, device=device)
    naive, waiting = [], []
    for _ in range(2):
        synchronize(device)
        start = time.perf_counter()
        matrix @ matrix
        naive.append(time.perf_counter() - start)
        synchronize(device)
        waiting.append(time.perf_counter() - start)
    right = measure(lambda: matrix @ matrix, device=device, repeats=10)
    low, high = right.quartiles
    rate = 2 * size**3 / right.median / 1e12
    return [
        [f"product {size} x {size}, fp32", "time", "TFLOP/s"],
        ["first call, clock does not wait", duration(naive[0]), ""],
        [
            "second call, clock does not wait",
            duration(naive[1]),
            f"{2 * size**3 / naive[1] / 1e12:.3g}",
        ],
        ["first call, clock waits", duration(waiting[0]), ""],
        [f"measure: median ({duration(low)} to {duration(high)})", duration(right.median), f"{rate:.3g}"],
    ]


def precisions(device: torch.device, gpu: bool) -> list[list[str]]:
    width, layers, size, length = (512, 6, 64, 256) if gpu else (128, 2, 8, 32)
    rows = [
        [
            f"step of a Transformer, width {width}, {layers} layers, batch {size} x {length}",
            "time",
            "times as fast",
            "peak",
        ]
    ]
    first = 0.0
    before = torch.get_float32_matmul_precision()
    for name in ("fp32", "tf32", "bf16", "fp16"):
        if name == "tf32" and device.type != "cuda":
            continue
        torch.set_float32_matmul_precision("high" if name == "tf32" else "highest")
        torch.manual_seed(0)
        model = Classifier(width, layers).to(device)
        precision = MixedPrecision(device, "fp32" if name == "tf32" else name, max_norm=1.0)
        step, data = stepper(model, precision), batch(size, length, device)
        free_memory(device)
        reset_peak(device)
        median = measure(lambda: step(*data), device=device, repeats=10 if gpu else 5, warmup=3 if gpu else 1).median  # noqa: B023
        first = first or median
        skipped = f" ({precision.skipped} skipped)" if precision.skipped else ""
        rows.append([name + skipped, duration(median), f"{first / median:.2f}", size_text(memory_report(device).peak)])
    torch.set_float32_matmul_precision(before)
    return rows


def transfers(device: torch.device, gpu: bool) -> list[list[str]]:
    rows = [["256 MiB from main memory to the device", "time", "GiB/s", "the call returns after"]]
    pageable = torch.ones(2**26)
    for name, source in (("pageable", pageable), ("pinned", pageable.pin_memory())):
        seconds = measure(lambda: to_device(source, device), device=device, repeats=10).median  # noqa: B023
        synchronize(device)
        start = time.perf_counter()
        copied = to_device(source, device)
        returned = time.perf_counter() - start
        synchronize(device)
        rows.append([name, duration(seconds), f"{copied.nbytes / 2**30 / seconds:.3g}", duration(returned)])
    return rows


def stacked(items: list[tuple[torch.Tensor]]) -> torch.Tensor:
    return torch.stack([x for (x,) in items])


def loaders(device: torch.device, gpu: bool) -> list[list[str]]:
    """An epoch of large batches with work of about the length of a copy."""
    number, size, width = (40, 4096, 4096) if gpu else (10, 128, 256)
    pieces = [torch.rand(size, width) for _ in range(4)]
    weight = torch.rand(width, width, device=device)

    def epoch(load: Any) -> None:
        for data in load:
            x = to_device(data, device)
            x = torch.tanh(x @ weight)

    def timed(load: Any) -> float:
        return measure(lambda: epoch(load), device=device, repeats=3, warmup=1).median

    plain = [pieces[i % 4] for i in range(number)]
    rows = [[f"epoch of {number} batches of {size_text(pieces[0].nbytes)}", "time", "times as fast"]]
    kinds: dict[str, Any] = {"plain, pageable": plain, "PrefetchLoader, pageable": PrefetchLoader(plain, device)}
    if device.type == "cuda":
        fixed = [piece.pin_memory() for piece in pieces]
        pinned = [fixed[i % 4] for i in range(number)]
        kinds |= {"plain, pinned": pinned, "PrefetchLoader, pinned": PrefetchLoader(pinned, device)}
    dataset = TensorDataset(torch.cat(pieces))
    single = DataLoader(dataset, size, collate_fn=stacked, pin_memory=device.type == "cuda")
    kinds |= {"DataLoader, 4 batches": single, "PrefetchLoader of it, 4 batches": PrefetchLoader(single, device)}
    base = {}
    for name, load in kinds.items():
        seconds = timed(load)
        group = "loader" if "4 batches" in name else "list"
        base.setdefault(group, seconds)
        rows.append([name, duration(seconds), f"{base[group] / seconds:.2f}"])
    return rows


def batches(device: torch.device, gpu: bool) -> list[list[str]]:
    """The largest batch within 8 GiB of a GPU (so that the search is short), by precision; on a CPU up to a limit."""
    width, layers, length = (512, 6, 256) if gpu else (64, 1, 16)
    rows = [[f"largest batch of texts of {length} tokens", "size", "trials", "peak", "the search took"]]
    limited = device.type == "cuda"
    if limited:
        free_memory(device)
        total = memory_report(device).total or 1
        torch.cuda.set_per_process_memory_fraction(min(1.0, 8 * 2**30 / total), device)
    for name in ("fp32", "bf16"):
        model = Classifier(width, layers).to(device)
        step = stepper(model, MixedPrecision(device, name))
        reset_peak(device)
        start = time.perf_counter()
        found = largest_batch(
            lambda size: step(*batch(size, length, device)),  # noqa: B023
            4096 if gpu else 64,
            multiple=8,
            device=device,
        )
        seconds = time.perf_counter() - start
        size = f"{found.size}{' (the limit)' if found.at_limit else ''}"
        rows.append([name, size, str(len(found.trials)), size_text(memory_report(device).peak), duration(seconds)])
        step = model = None  # type: ignore[assignment]
    if limited:
        torch.cuda.set_per_process_memory_fraction(1.0, device)
    return rows


def product(size: int) -> Callable[[torch.device], Callable[[], object]]:
    def setup(device: torch.device) -> Callable[[], object]:
        matrix = torch.rand(size, size, device=device)
        return lambda: matrix @ matrix

    return setup


def lstm(device: torch.device) -> Callable[[], object]:
    layer, x = torch.nn.LSTM(64, 128, batch_first=True).to(device), torch.rand(32, 50, 64, device=device)
    return lambda: layer(x)[0].sum().backward()


def convolution(device: torch.device) -> Callable[[], object]:
    layer, x = torch.nn.Conv2d(16, 32, 3).to(device), torch.rand(32, 16, 28, 28, device=device)
    return lambda: layer(x).sum().backward()


def transformer(device: torch.device) -> Callable[[], object]:
    step = stepper(Classifier(128, 2).to(device), MixedPrecision(device, "fp32"))
    data = batch(16, 64, device)
    return lambda: step(*data)


WORKS = {
    "sum of 1,000 numbers": lambda device: (lambda x: lambda: x.sum())(torch.rand(1000, device=device)),
    "product 64 x 64": product(64),
    "product 512 x 512": product(512),
    "product 2048 x 2048": product(2048),
    "LSTM 64-128, batch 32 x 50, both passes": lstm,
    "convolution 16 to 32, 32 x 28 x 28, both passes": convolution,
    "Transformer step, width 128, 16 x 64": transformer,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--device", help="auto, cpu, cuda, cuda:1, mps, xpu")
    choice = choose_device(parser.parse_args().device)
    device, gpu = choice.device, choice.device.type != "cpu"
    begin = time.perf_counter()
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads\n{choice}\n{memory_report(device)}")
    with reproducible(0, deterministic=False):
        # On a CPU nothing is transferred, and nothing loaded ahead.
        questions = [
            timers,
            precisions,
            *([transfers] if device.type == "cuda" else []),
            *([loaders] if gpu else []),
            batches,
        ]
        for question in questions:
            print(f"\n{text_table(question(device, gpu))}", flush=True)
            free_memory(device)
        print(f"\n{compare_devices(WORKS, ['cpu', device], repeats=5)}")
    print(f"\n{memory_report(device)}\nThe whole took {time.perf_counter() - begin:.0f} s.")


if __name__ == "__main__":
    main()
