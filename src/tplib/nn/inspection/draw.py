"""draw_graph: a picture of the computation graph, with values and gradients (lecture 002, "A function node")."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tplib.alt_texts import svg_html
from tplib.nn.graph.tensor import Tensor
from tplib.nn.inspection.graph_svg import Box, Plan
from tplib.nn.inspection.graph_words import graph_words
from tplib.nn.inspection.layered import layers_of

SYMBOLS = {"Add": "+", "Sub": "−", "Mul": "×", "Div": "÷", "Pow": "xʸ", "Neg": "−x", "MatMul": "@"}
BLUE, VERMILION, GREEN, GREY = "#0072B2", "#C44E00", "#00785A", "#6e7781"
REACH = 2  # layers that an edge from a leaf may cross
WIDE = 1100  # pixels: what is longer is drawn from top to bottom


class GraphPicture:
    """An SVG picture: shown by itself in a notebook; `svg` is its text, `save(path)` writes it to a file.

    `words` tell the same graph. JupyterLab shows no alternative text with an SVG, but that of an `<img>` in HTML.
    """

    def __init__(self, svg: str, nodes: int, words: str = "") -> None:
        self.svg, self.nodes, self.words = svg, nodes, words

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return svg_html(self.svg, self.words)

    def save(self, path: str | os.PathLike[str]) -> None:
        Path(path).write_text(self.svg, encoding="utf-8")

    def __repr__(self) -> str:
        return f"GraphPicture({self.nodes} nodes)"


def draw_graph(t: Tensor, params: Mapping[str, Tensor] | None = None, *, max_nodes: int = 150) -> GraphPicture:
    """Draw the graph that computed `t`: leaves and function nodes, with their values and, after backward, gradients.

    `params` names leaves: `{"w": w, "b": b}` or `dict(net.named_parameters())`. Values are black, gradients dl/d(value)
    red; of arrays beyond 32 values the shape stands for them. A node's gradient is the one that the last backward
    through it carried; a leaf's is its `.grad`, the sum over all. ValueError beyond `max_nodes` nodes.
    """
    nodes = _collect(t, max_nodes)
    number = {id(node): i for i, node in enumerate(nodes)}
    inputs = {i: [number[id(source)] for source in _sources(node)] for i, node in enumerate(nodes)}
    names = {id(tensor): name for name, tensor in (params or {}).items()}
    boxes = [_box(node, names, t if node is (t._node or t) else None) for node in nodes]
    inputs = _repeat_leaves(inputs, boxes)
    plan = Plan(inputs, boxes, sideways=True)
    if plan.width > WIDE:
        plan = Plan(inputs, boxes, sideways=False)
    return GraphPicture(plan.svg(), len(nodes), graph_words(inputs, boxes))


def _sources(node: Any) -> list[Any]:
    return [edge for edge in node.edges if edge is not None] if node.is_node else []


def _collect(t: Tensor, max_nodes: int) -> list[Any]:
    """The leaves and nodes below `t`, each after what it comes from."""
    found: dict[int, Any] = {}
    stack: list[Any] = [t._node or t]
    while stack:
        node = stack.pop()
        if id(node) not in found:
            found[id(node)] = node
            stack += reversed(_sources(node))
        if len(found) > max_nodes:
            raise ValueError(
                f"draw_graph: this graph has more than {max_nodes} nodes, too many to read; draw a part of it, "
                "a smaller example or fewer steps, or ask for it with max_nodes="
            )
    leaves = [node for node in found.values() if not node.is_node]
    return leaves + sorted((node for node in found.values() if node.is_node), key=lambda node: node.order)


def _repeat_leaves(inputs: Mapping[int, list[int]], boxes: list[Box]) -> dict[int, list[int]]:
    """A leaf used in layers far apart, such as a recurrent weight, stands again, dashed, beside each later use."""
    layer = layers_of(inputs)
    copies: dict[tuple[int, int], int] = {}
    for node in inputs:
        for place, source in enumerate(inputs[node]):
            if not inputs[source] and layer[node] - layer[source] > REACH:
                if (source, layer[node]) not in copies:
                    copies[source, layer[node]] = len(boxes)
                    boxes.append(replace(boxes[source], lines=boxes[source].lines[:1], dashed=True))
                inputs[node][place] = copies[source, layer[node]]
    return {**{copy: [] for copy in copies.values()}, **inputs}


def _box(node: Any, names: Mapping[int, str], root: Tensor | None) -> Box:
    if node.is_node:
        kind = type(node).__name__
        value, grad = node.output if root is None else root.data, node.output_grad
        lines = [(SYMBOLS.get(kind, kind), "op", "#1f2328")]
        fill, frame, corner = "#f6f8fa", GREY, 14
        hint = f"{kind}: the function node of {getattr(type(node), '__module__', '')}"
    else:
        value, grad = node.data, node.grad
        name = names.get(id(node), "" if node.requires_grad else "constant")
        lines = [(name, "name", BLUE)] if name else []
        fill, frame, corner = "#eef6fc", BLUE, 4
        hint = f"leaf {name}: shape {node.shape}, {node.dtype}"
    if root is not None:
        frame = GREEN
    lines += [(text, "", "#1f2328") for text in _text(value)]
    if grad is not None:
        rows = _text(grad)
        lines += [(("∂ " if i == 0 else "  ") + text, "", VERMILION) for i, text in enumerate(rows)]
        hint += "; ∂ is the gradient of the loss"
    return Box(lines, frame, fill, corner, hint)


def _text(value: Any) -> list[str]:
    """Numbers, vectors up to 5 and matrices up to 4 by 4 in full, else the shape."""
    if isinstance(value, tuple):
        return [f"({', '.join(map(str, value))}{',' if len(value) == 1 else ''})"]
    array = np.asarray(value)
    if array.ndim == 0:
        return [f"{array.item():.4g}"]
    if array.size == 0 or array.ndim > 2 or array.shape[-1] > (5 if array.ndim == 1 else 4) or len(array) > 5:
        return _text(array.shape)
    rows = [[f"{x:.3g}" for x in row] for row in np.atleast_2d(array)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [f"[{' '.join(x.rjust(w) for x, w in zip(row, widths, strict=True))}]" for row in rows]
