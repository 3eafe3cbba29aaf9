"""Where to draw the nodes of a directed graph: in layers, with few crossings (Sugiyama, Tagawa and Toda 1981)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 12
Node = int | tuple[int, int, int]  # a node, or the point in layer i of the edge (source, node, i)


class Layout(NamedTuple):
    """Each node's layer, each node's centre across the layers, and each edge's way through the layers between."""

    layer: dict[int, int]
    across: dict[int, float]
    ways: dict[tuple[int, int], list[tuple[int, float]]]


def layout(inputs: Mapping[int, Sequence[int]], sizes: Mapping[int, float], gap: float) -> Layout:
    """Layers so that every edge goes forward, and places so that edges are short and straight.

    `inputs` lists the nodes that each node comes from; a node follows its inputs in it. `sizes` are the extents across
    the layers, `gap` the free space between neighbours.
    """
    layer = layers_of(inputs)
    layers: list[list[Node]] = [[] for _ in range(max(layer.values()) + 1)]
    before: dict[Node, list[Node]] = {}
    chains: dict[tuple[int, int], list[Node]] = {}
    for node, sources in inputs.items():
        layers[layer[node]].append(node)
        before[node] = []
        for source in dict.fromkeys(sources):
            # An edge over several layers goes through a point in each, which takes part like a node.
            points: list[Node] = [(source, node, i) for i in range(layer[source] + 1, layer[node])]
            for i, point in enumerate(points, layer[source] + 1):
                layers[i].append(point)
            chains[source, node] = [source, *points, node]
    for chain in chains.values():
        for near, far in pairwise(chain):
            before.setdefault(far, []).append(near)
    after: dict[Node, list[Node]] = {node: [] for row in layers for node in row}
    for point, sides in before.items():
        for side in sides:
            after[side].append(point)

    _sort(layers, before, after)
    across = _place(layers, before, after, {node: sizes[node] if isinstance(node, int) else 0.0 for node in after}, gap)
    ways = {
        edge: [(layer[node] if isinstance(node, int) else node[2], across[node]) for node in chain]
        for edge, chain in chains.items()
    }
    return Layout(layer, {node: across[node] for node in inputs}, ways)


def layers_of(inputs: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """The longest way from a node without inputs; then each moves as late as it can without lengthening the edges.

    So nodes without inputs stand just before their first use.
    """
    layer: dict[int, int] = {}
    uses: dict[int, list[int]] = {node: [] for node in inputs}
    for node, sources in inputs.items():
        layer[node] = 1 + max((layer[source] for source in sources), default=-1)
        for source in sources:
            uses[source].append(node)
    for node in reversed(list(inputs)):
        if uses[node] and sum(len(inputs[source]) > 0 for source in inputs[node]) <= len(uses[node]):
            layer[node] = min(layer[use] for use in uses[node]) - 1
    return layer


def _sort(layers: list[list[Node]], before: Mapping[Node, list[Node]], after: Mapping[Node, list[Node]]) -> None:
    """Order each layer by the mean place of its neighbours, forth and back; keep the order with fewest crossings."""
    best, fewest = [list(row) for row in layers], _crossings(layers, before)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for i in range(1, len(layers)) if forward else range(len(layers) - 2, -1, -1):
            places = {node: place for place, node in enumerate(layers[i - 1 if forward else i + 1])}
            own = {node: place for place, node in enumerate(layers[i])}
            near = before if forward else after
            layers[i].sort(key=lambda n: _mean([places[m] for m in near[n]], own[n]))
        crossings = _crossings(layers, before)
        if crossings < fewest:
            best, fewest = [list(row) for row in layers], crossings
    layers[:] = best


def _crossings(layers: list[list[Node]], before: Mapping[Node, list[Node]]) -> int:
    number = 0
    for upper, lower in pairwise(layers):
        places = {node: place for place, node in enumerate(upper)}
        edges = [(places[source], i) for i, node in enumerate(lower) for source in before[node]]
        number += sum((a - c) * (b - d) < 0 for n, (a, b) in enumerate(edges) for c, d in edges[:n])
    return number


def _place(
    layers: list[list[Node]],
    before: Mapping[Node, list[Node]],
    after: Mapping[Node, list[Node]],
    sizes: Mapping[Node, float],
    gap: float,
) -> dict[Node, float]:
    """Move each node towards the mean of its neighbours, as far as the others of its layer leave room."""
    across: dict[Node, float] = {}
    # A leaf makes room for the nodes, and does not push them aside.
    weights = {node: 1.0 if before[node] else 0.02 for row in layers for node in row}
    for row in layers:
        places = _spread(row, [0.0] * len(row), weights, sizes, gap)
        across.update((node, place - _mean(places, 0.0)) for node, place in zip(row, places, strict=True))
    for sweep in range(2 * SWEEPS):
        for row in layers if sweep % 2 == 0 else reversed(layers):
            wishes = []
            for node in row:
                near = [*before[node], *after[node]]
                inner = [n for n in near if before[n]]
                wishes.append(_mean([across[n] for n in inner or near], across[node]))
            across.update(zip(row, _spread(row, wishes, weights, sizes, gap), strict=True))
    return across


def _spread(
    row: list[Node], wishes: list[float], weights: Mapping[Node, float], sizes: Mapping[Node, float], gap: float
) -> list[float]:
    """The places nearest to the wishes that keep the order and the distances: weighted isotonic regression."""
    offsets, total = [], 0.0
    for i, node in enumerate(row):
        total += (sizes[row[i - 1]] + sizes[node]) / 2 + gap if i else 0.0
        offsets.append(total)
    blocks: list[tuple[float, float, int]] = []  # neighbours that touch: (mean wish, weight, number)
    for node, wish, offset in zip(row, wishes, offsets, strict=True):
        mean, weight, number = wish - offset, weights[node], 1
        while blocks and blocks[-1][0] > mean:
            other, other_weight, count = blocks.pop()
            mean = (mean * weight + other * other_weight) / (weight + other_weight)
            weight, number = weight + other_weight, number + count
        blocks.append((mean, weight, number))
    means = [mean for mean, _, number in blocks for _ in range(number)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
