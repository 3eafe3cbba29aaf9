"""Two results of the lectures, measured again on MNIST: accuracy against depth, and random search against descent.

`python benchmarks/lectures.py` is a short look; docs/lectures.md has the protocol, the numbers and the full command.
All networks advance together, so that benchmarks/out/lectures.json is complete after each epoch; `--report` shows it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scipy import stats
from threadpoolctl import threadpool_limits

from tplib import data, nn
from tplib.nn import functional as F
from tplib.plots.style import BLUE, GREEN, PURPLE, VERMILION, plain

RESULTS = Path(__file__).parent / "out" / "lectures.json"
DEPTHS, HIDDEN, TRIALS = range(5), 30, 1000
LECTURE = [88.0, 96.5, 96.9, 96.5, 96.5]  # per cent, by the number of hidden layers (lecture 002)
STEPS_SHOWN = [1, 3, 10, 33, 100, 333, 1000]
COLOURS, MARKERS = ["#000000", BLUE, VERMILION, GREEN, PURPLE], "osD^v"


def network(depth: int, rng: np.random.Generator) -> nn.Sequential:
    """784 -> 30 -> ... -> 30 -> 10; weights of variance 1 / fan-in, biases of variance 1 (Nielsen, chapter 5)."""
    sizes = [784, *[HIDDEN] * depth, 10]
    modules: list[nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        linear = nn.Linear(inputs, outputs)
        weight, bias = linear.parameters()
        nn.init.normal_(weight, 0.0, inputs**-0.5, rng)
        nn.init.normal_(bias, 0.0, 1.0, rng)
        modules += [linear, nn.Sigmoid()]
    return nn.Sequential(*modules[:-1])  # the softmax is in the loss


def parameters(model: nn.Module, axes: int) -> list[nn.Parameter]:
    """The weights (2 axes) or the biases (1 axis), from the first layer to the last."""
    return [p for p in model.parameters() if p.ndim == axes]


def gradient_norms(model: nn.Sequential, x: np.ndarray, y: np.ndarray) -> list[float]:
    """The norms of the biases' gradients over the first 1,000 images, from the first layer to the last."""
    F.cross_entropy(model(x[:1000]), y[:1000]).backward()
    norms = [float(np.linalg.norm(bias.grad)) for bias in parameters(model, axes=1)]
    model.zero_grad()
    return norms


def percent(model: nn.Module, images: Any) -> float:
    return 100 * nn.evaluate(model, (images.x, images.y), F.cross_entropy, {"accuracy": nn.accuracy})["accuracy"]


def depth_table(mnist: Any, epochs: int, seeds: int, results: dict[str, Any]) -> None:
    """Mini-batches of 10, rate 0.1, lambda 5: the first 50,000 training images, accuracy on the test images."""
    x, y = mnist.train.x[:50_000], mnist.train.y[:50_000]
    runs = []
    for depth in DEPTHS:
        for seed in range(seeds):
            rng = np.random.default_rng([seed, depth])
            model = network(depth, rng)
            decayed = {"params": parameters(model, axes=2), "weight_decay": 5.0 / len(x)}
            groups = [decayed, {"params": parameters(model, axes=1)}]
            entry: dict[str, Any] = {"depth": depth, "seed": seed, "norms": gradient_norms(model, x, y), "accuracy": []}
            results["depth"].append(entry)
            runs.append((model, nn.optim.SGD(groups, lr=0.1), rng, entry))
    for epoch in range(epochs):
        for model, optimizer, rng, entry in track(runs, f"depth, epoch {epoch + 1}/{epochs}"):
            nn.fit(model, (x, y), F.cross_entropy, optimizer, epochs=1, batch_size=10, rng=rng, progress=False)
            entry["accuracy"].append(percent(model, mnist.test))
        save(results)


def search_and_descent(mnist: Any, images: int, seeds: int, results: dict[str, Any]) -> None:
    """1,000 losses each for a linear model whose parameters are drawn with standard deviation 1e-4."""
    x, y = mnist.train.x[:images], mnist.train.y[:images]
    for seed in track(range(seeds), "random search against descent"):
        rng = np.random.default_rng(seed)
        model = nn.Linear(784, 10)
        start = time.process_time()
        entry: dict[str, Any] = {"searched": nn.random_search(model, F.cross_entropy, x, y, trials=TRIALS, rng=rng)}
        entry |= {"searched_percent": percent(model, mnist.test), "search_seconds": time.process_time() - start}
        for parameter in model.parameters():
            nn.init.normal_(parameter, 0.0, 1e-4, rng)
        start = time.process_time()
        entry |= {"descended": [], "descended_percent": []}
        for done, until in pairwise([0, *STEPS_SHOWN]):
            entry["descended"] += nn.batch_gradient_descent(model, F.cross_entropy, x, y, lr=0.1, epochs=until - done)
            entry["descended_percent"].append(percent(model, mnist.test))
        results["search"].append(entry | {"descent_seconds": time.process_time() - start})
        save(results)


def save(results: dict[str, Any]) -> None:
    results["seconds"] = round(time.process_time())  # of one core
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results))


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The mean over seeds, and half the width of its 95 % t-interval."""
    return float(np.mean(values)), float(stats.t.ppf(0.975, len(values) - 1) * stats.sem(values))


def intervals(rows: Sequence[Sequence[float]]) -> np.ndarray:
    """(seeds, n) -> (n, 2): mean and half-width of each column."""
    return np.array([interval(column) for column in zip(*rows, strict=True)])


def written(values: Sequence[float], digits: int = 2) -> str:
    mean, half = interval(values)
    return f"{mean:.{digits}f} ± {half:.{digits}f}"


def print_tables(results: dict[str, Any]) -> None:
    print(f"{results['options']}, {results['seconds']} s of one core; mean ± half-width of the 95 % t-interval")
    depths = Table("hidden layers", "epochs", "test accuracy, %", "least - most", "lecture, %", "gradients at start")
    for depth, lecture in zip(DEPTHS, LECTURE, strict=True):
        runs = [run for run in results["depth"] if run["depth"] == depth]
        last = [run["accuracy"][-1] for run in runs]
        norms = "  ".join(f"{mean:.3g}" for mean, _ in intervals([run["norms"] for run in runs]))
        cells = written(last), f"{min(last):.2f} - {max(last):.2f}", f"{lecture}", norms
        depths.add_row(str(depth), str(len(runs[0]["accuracy"])), *cells)
    runs = results["search"]
    search = Table("method", "losses", "training loss", "test accuracy, %", title="lecture 004, on CIFAR-10: 15.5 %")
    best = written([run["searched"][-1] for run in runs], 4)
    search.add_row("random search", str(TRIALS), best, written([run["searched_percent"] for run in runs]))
    for place, steps in enumerate(STEPS_SHOWN):
        losses = [run["descended"][steps - 1] for run in runs]
        accuracies = [run["descended_percent"][place] for run in runs]
        search.add_row("gradient descent", str(steps), written(losses, 4), written(accuracies))
    Console(width=120).print(depths, search)
    for name in ("search_seconds", "descent_seconds"):
        print(f"{name}: {written([run[name] for run in runs], 1)}")


def draw(results: dict[str, Any], path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 7), layout="constrained")
    (final, epochs), (gradients, search) = figure.subplots(2, 2)
    plain(final, "Accuracy against depth", "hidden layers", "test accuracy, %").set_xticks(DEPTHS)
    plain(epochs, "Accuracy against epochs", "epoch", "test accuracy, %")
    plain(gradients, "Gradients at initialisation", "layer", "norm of the bias gradient").set(yscale="log")
    plain(search, "Random search against descent", "losses evaluated", "training loss").set(xscale="log")
    final.plot(DEPTHS, LECTURE, "x", color="0.4", markersize=9, label="lecture")
    for depth in DEPTHS:
        runs = [run for run in results["depth"] if run["depth"] == depth]
        accuracy = intervals([run["accuracy"] for run in runs])
        look: dict[str, Any] = {"color": COLOURS[depth], "marker": MARKERS[depth]}
        final.errorbar(depth, *accuracy[-1], capsize=5, **look)
        epochs.plot(range(1, len(accuracy) + 1), accuracy[:, 0], label=f"{depth} hidden", markersize=4, **look)
        norms = intervals([run["norms"] for run in runs])
        layers = np.arange(1, len(norms) + 1) + 0.06 * (depth - 2)  # apart, so that no interval hides another
        gradients.errorbar(layers, norms[:, 0], norms[:, 1], capsize=3, label=f"{depth} hidden", **look)
    epochs.set_ylim(80, 98)
    losses = np.arange(1, TRIALS + 1)
    for name, label, colour in (("searched", "random search", VERMILION), ("descended", "gradient descent", BLUE)):
        mean, half = intervals([run[name] for run in results["search"]]).T
        search.plot(losses, mean, color=colour, label=label)
        search.fill_between(losses, mean - half, mean + half, color=colour, alpha=0.3, linewidth=0)
    for panel in (final, epochs, gradients, search):
        panel.legend()
    figure.savefig(path, dpi=100)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--images", type=int, default=2000, help="training images of random search and of descent")
    parser.add_argument("--picture", type=Path, default=RESULTS.with_suffix(".png"))
    parser.add_argument("--report", action="store_true", help="show the results file, measure nothing")
    options = parser.parse_args()
    if not options.report:
        shown = {name: getattr(options, name) for name in ("epochs", "seeds", "images")}
        results: dict[str, Any] = {"options": shown, "depth": [], "search": []}
        mnist = data.load("mnist")
        with threadpool_limits(1):
            search_and_descent(mnist, options.images, options.seeds, results)
            depth_table(mnist, options.epochs, options.seeds, results)
    results = json.loads(RESULTS.read_text())
    print_tables(results)
    draw(results, options.picture)


if __name__ == "__main__":
    main()
