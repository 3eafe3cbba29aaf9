"""Boxes in layers and arrows between them, as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from tplib.nn.inspection.layered import layout

LINE, CHARACTER, PADDING, MARGIN = 16, 7.3, 9, 12  # pixels: heights of lines, widths of characters, free spaces
BETWEEN, BESIDE = 38, 14  # between layers, and between neighbours of one
GREY = "#6e7781"
STYLE = (
    "text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;text-anchor:middle;"
    "dominant-baseline:central}.name{font-weight:bold}.op{font-size:14px;font-weight:bold}"
)


@dataclass
class Box:
    """What a node shows: lines of (text, class, colour), a frame, and a sentence for the pointer."""

    lines: list[tuple[str, str, str]]
    frame: str
    fill: str
    corner: int
    hint: str
    dashed: bool = False

    @property
    def width(self) -> float:
        widths = [len(text) * CHARACTER * (1.17 if style == "op" else 1) for text, style, _ in self.lines]
        return max(*widths, 16) + 2 * PADDING

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 12


class Plan:
    """Where everything goes: layers from left to right (`sideways`), or from top to bottom."""

    def __init__(self, inputs: Mapping[int, list[int]], boxes: list[Box], sideways: bool) -> None:
        self.inputs, self.boxes, self.sideways = inputs, boxes, sideways
        breadths = {n: box.height if sideways else box.width for n, box in enumerate(boxes)}
        self.layout = layout(inputs, breadths, BESIDE)
        depths = [0.0] * (max(self.layout.layer.values()) + 1)
        for n, layer in self.layout.layer.items():
            depths[layer] = max(depths[layer], self._depth(n))
        self.starts, self.ends, at = [], [], float(MARGIN)  # of the layers
        for depth in depths:
            self.starts.append(at)
            self.ends.append(at + depth)
            at += depth + BETWEEN
        edges = [place for way in self.layout.ways.values() for _, place in way]
        edges += [self.layout.across[n] + side * breadths[n] / 2 for n in inputs for side in (-1, 1)]
        self.shift = MARGIN - min(edges)
        along, across = self.ends[-1] + MARGIN, max(edges) + self.shift + MARGIN
        self.width, self.height = (along, across) if sideways else (across, along)

    def _depth(self, n: int) -> float:
        return self.boxes[n].width if self.sideways else self.boxes[n].height

    def _centre(self, n: int) -> float:
        layer = self.layout.layer[n]
        return (self.starts[layer] + self.ends[layer]) / 2

    def _point(self, along: float, across: float) -> tuple[float, float]:
        return (along, across + self.shift) if self.sideways else (across + self.shift, along)

    def svg(self) -> str:
        w, h = f"{self.width:.0f}", f"{self.height:.0f}"
        return "".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" '
                f'aria-label="computation graph"><style>{STYLE}</style><defs><marker id="tip" viewBox="0 0 8 8" '
                'refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
                f'<path d="M0,0.5L7.5,4L0,7.5z" fill="{GREY}"/></marker></defs>'
                f'<rect width="{w}" height="{h}" rx="6" fill="white"/>',
                *(self._arrow(*edge) for edge in self.layout.ways),
                *(self._box(n, box) for n, box in enumerate(self.boxes)),
                "</svg>",
            ]
        )

    def _arrow(self, source: int, node: int) -> str:
        """A smooth line from the source's end, through the layers between, to the node's start."""
        (_, across), *points, (_, target) = self.layout.ways[source, node]
        at = self._centre(source) + self._depth(source) / 2
        path = "M{:.1f},{:.1f}".format(*self._point(at, across))
        halfway = (at + (self.starts[points[0][0]] if points else self._centre(node) - self._depth(node) / 2)) / 2
        label = self._point(halfway, (across + (points[0][1] if points else target)) / 2)
        for layer, place in points:
            path += self._curve(at, across, self.starts[layer], place)
            at, across = self.ends[layer], place
            path += "L{:.1f},{:.1f}".format(*self._point(at, across))
        path += self._curve(at, across, self._centre(node) - self._depth(node) / 2 - 2, target)
        arrow = f'<path d="{path}" fill="none" stroke="{GREY}" stroke-width="1.3" marker-end="url(#tip)"/>'
        times = self.inputs[node].count(source)
        if times > 1:  # x * x: one arrow, used twice
            x, y = label[0] + (0 if self.sideways else 14), label[1] - (10 if self.sideways else 0)
            arrow += f'<text x="{x:.1f}" y="{y:.1f}" fill="{GREY}">{times}×</text>'
        return arrow

    def _curve(self, at: float, across: float, to: float, place: float) -> str:
        half = (at + to) / 2
        points = self._point(half, across), self._point(half, place), self._point(to, place)
        return "C" + " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

    def _box(self, n: int, box: Box) -> str:
        x, y = self._point(self._centre(n), self.layout.across[n])
        top = y - (len(box.lines) - 1) * LINE / 2
        dash = ' stroke-dasharray="4 3"' if box.dashed else ""
        lines = [
            f'<text x="{x:.1f}" y="{top + i * LINE:.1f}" class="{style}" fill="{colour}" xml:space="preserve">'
            f"{escape(text)}</text>"
            for i, (text, style, colour) in enumerate(box.lines)
        ]
        return (
            f"<g><title>{escape(box.hint)}</title>"
            f'<rect x="{x - box.width / 2:.1f}" y="{y - box.height / 2:.1f}" width="{box.width:.1f}" '
            f'height="{box.height:.1f}" rx="{box.corner}" fill="{box.fill}" stroke="{box.frame}" '
            f'stroke-width="1.5"{dash}/>{"".join(lines)}</g>'
        )
