"""A computation graph in words, for readers who do not see its picture."""

from __future__ import annotations

from collections.abc import Mapping

from tplib.nn.inspection.graph_svg import Box

MANY = 30  # nodes; more are counted, not told


def graph_words(inputs: Mapping[int, list[int]], boxes: list[Box]) -> str:
    """Each leaf and node in order: what it is, what it comes from, its value and its gradient."""
    told = [n for n in inputs if not boxes[n].dashed]
    start = f"A computation graph of {len(told)} nodes."
    if len(told) > MANY:
        return f"{start} It is too large to be told; draw a part of it."
    names = {n: _name(boxes[n], n, inputs[n]) for n in inputs}
    return " ".join([start, *(_sentence(boxes[n], names[n], [names[source] for source in inputs[n]]) for n in told)])


def _name(box: Box, n: int, sources: list[int]) -> str:
    first, style, _ = box.lines[0]
    return f"{first} (node {n + 1})" if sources else first if style == "name" else f"leaf {n + 1}"


def _sentence(box: Box, name: str, sources: list[str]) -> str:
    lines = [text for text, style, _ in box.lines if not style]
    split = next((k for k, text in enumerate(lines) if text.startswith("∂ ")), len(lines))
    value, gradient = " ".join(lines[:split]), " ".join(lines[split:]).removeprefix("∂ ")
    of = f" of {' and '.join(sources)}" if sources else ""
    return f"{name}{of}: {value}{f', gradient {gradient}' if gradient else ''}."
