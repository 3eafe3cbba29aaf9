"""What a network is made of: output shapes, parameter counts, receptive fields (lecture 003, "Sparse interactions")."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.activations.modules import ELU, GELU, Hardtanh, LeakyReLU, ReLU, Sigmoid, Softplus, Tanh
from tplib.nn.containers import Sequential
from tplib.nn.dropout import Dropout, ScaledDropout
from tplib.nn.graph.recording import no_grad
from tplib.nn.graph.tensor import Tensor
from tplib.nn.module import Module
from tplib.nn.normalisation.batch_norm import _BatchNorm
from tplib.nn.spatial.convolution_modules import _Conv
from tplib.nn.spatial.pooling_modules import AvgPool1d, LPPool1d, WeightedPool1d, _MaxPool
from tplib.nn.spatial.windows import per_axis

# Each output position depends on the input position of the same place only (evaluation mode, for normalisation).
POINTWISE = (ReLU, Sigmoid, Tanh, Hardtanh, LeakyReLU, ELU, GELU, Softplus, Dropout, ScaledDropout, _BatchNorm)
WINDOWED = (_Conv, _MaxPool, AvgPool1d, WeightedPool1d, LPPool1d)


def count_parameters(module: Module) -> int:
    """How many numbers training changes: the sizes of all parameters that require a gradient, shared ones once."""
    return sum(parameter.numel() for parameter in module.parameters() if parameter.requires_grad)


def receptive_field(sequential: Module) -> tuple[int, ...]:
    """The size of the input region that one output position depends on, per axis, e.g. (14, 14).

    For convolutions, pooling and what acts on each position by itself, in one or nested `Sequential`s: each layer adds
    dilation (kernel - 1) times the product of the strides before it. Raises ValueError for other layers, whose outputs
    depend on the whole input. Source: lecture 003, "Receptive field of the units in the deeper layer".
    """
    field = Field()
    for layer in _layers(sequential):
        field = _through(field, layer)
        if field.size is None:
            raise ValueError(
                f"receptive_field: the outputs of {type(layer).__name__} depend on the whole input; give the layers "
                "before it, e.g. net[:4]"
            )
    return field.size or (1,)


@dataclass(frozen=True)
class Field:
    """The receptive field so far, per axis, and the distance in the input between two neighbouring positions."""

    size: tuple[int, ...] | None = ()
    step: tuple[int, ...] = ()


def _through(field: Field, layer: Module) -> Field:
    """The receptive field after one more layer; size None where it is the whole input, or unknown."""
    if field.size is None or isinstance(layer, POINTWISE):
        return field
    if not isinstance(layer, WINDOWED):
        return Field(None)
    axes = int(type(layer).__name__[-2])  # Conv1d, MaxPool2d, ...
    kernel, stride, gap = (
        per_axis(type(layer).__name__, what, getattr(layer, what, 1), axes)
        for what in ("kernel_size", "stride", "dilation")
    )
    size, step = field.size or (1,) * axes, field.step or (1,) * axes
    if len(size) != axes:
        return Field(None)
    grown = tuple(r + d * (k - 1) * j for r, d, k, j in zip(size, gap, kernel, step, strict=True))
    return Field(grown, tuple(j * s for j, s in zip(step, stride, strict=True)))


def _layers(module: Module) -> Iterator[Module]:
    """The layers of nested Sequentials, in order."""
    if isinstance(module, Sequential):
        for child in module:
            yield from _layers(child)
    else:
        yield module


@dataclass(frozen=True)
class Row:
    """One layer at work: what it gives out and holds."""

    name: str
    layer: str
    output_shape: tuple[int, ...]
    parameters: int
    receptive_field: tuple[int, ...] | None


@dataclass(frozen=True)
class Summary:
    """A table with one row per layer, in the order of use; text when printed, HTML in a notebook."""

    rows: list[Row]
    input_shape: tuple[int, ...]
    total: int
    trainable: int

    def _cells(self) -> list[list[str]]:
        return [
            [
                row.name,
                row.layer,
                str(row.output_shape),
                f"{row.parameters:,}" if row.parameters else "-",
                " x ".join(map(str, row.receptive_field)) if row.receptive_field else "-",
            ]
            for row in self.rows
        ]

    @property
    def _total(self) -> str:
        fixed = f", {self.trainable:,} of them trainable" if self.trainable != self.total else ""
        return f"Input {self.input_shape}; {self.total:,} parameters{fixed}."

    def __str__(self) -> str:
        table = [HEADER, *self._cells()]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines = [
            "  ".join(align(cell, width) for align, cell, width in zip(ALIGN, row, widths, strict=True)).rstrip()
            for row in table
        ]
        return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:], "", self._total])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        def line(tag: str, cells: list[str]) -> str:
            sides = ("right" if align is str.rjust else "left" for align in ALIGN)
            return (
                "<tr>"
                + "".join(
                    f'<{tag} style="text-align: {side}">{html.escape(cell)}</{tag}>'
                    for side, cell in zip(sides, cells, strict=True)
                )
                + "</tr>"
            )

        body = "".join(line("td", cells) for cells in self._cells())
        return (
            f"<table><caption>{html.escape(self._total)}</caption>"
            f"<thead>{line('th', HEADER)}</thead><tbody>{body}</tbody></table>"
        )


HEADER = ["name", "layer", "output shape", "parameters", "receptive field"]
ALIGN = (str.ljust, str.ljust, str.ljust, str.rjust, str.rjust)


def summary(module: Module, input_shape: tuple[int, ...], dtype: DTypeLike = np.float32) -> Summary:
    """Run `module` on zeros of `input_shape` (with the batch axis) and note what each layer gives out.

    Per layer: its name, output shape, number of parameters, and receptive field as far as the layers are applied one
    after the other in `Sequential`s. Nothing in the module changes. `dtype` is the input's: an integer one for layers
    that read integers.
    """
    rows: list[Row] = []
    fields: dict[int, tuple[int, ...] | None] = {}
    field = Field()
    for layer in _layers(module):
        field = _through(field, layer)
        fields[id(layer)] = field.size or None
    leaves = [(name, layer) for name, layer in module.named_modules() if not any(layer.children())]
    modes = [(layer, layer.training) for layer in module.modules()]
    own = {id(layer): layer for _, layer in leaves}

    def watched(name: str, layer: Module) -> Any:
        forward = type(layer).forward

        def noting(*args: Any, **kwargs: Any) -> Any:
            out = forward(layer, *args, **kwargs)
            held = sum(parameter.numel() for parameter in layer.parameters())
            repeated = any(row.name == name for row in rows)
            rows.append(Row(name, type(layer).__name__, _shape(out), 0 if repeated else held, fields.get(id(layer))))
            return out

        return noting

    try:
        for name, layer in leaves:
            layer.__dict__["forward"] = watched(name or "-", layer)
        module.eval()
        with no_grad():
            module(Tensor(np.zeros(input_shape, dtype)))
    finally:
        for layer in own.values():
            layer.__dict__.pop("forward", None)
        for layer, training in modes:
            layer.__dict__["training"] = training
    total = sum(parameter.numel() for parameter in module.parameters())
    return Summary(rows, tuple(input_shape), total, count_parameters(module))


def _shape(out: Any) -> tuple[int, ...]:
    """The shape of a layer's output, of the first of several."""
    while isinstance(out, tuple | list) and out:
        out = out[0]
    return tuple(getattr(out, "shape", ()))
