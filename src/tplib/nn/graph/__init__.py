"""The computation graph: tensors, function nodes, arithmetic, shapes."""

# Before any other module of this folder: tensors and nodes need each other, and in this order each finds the other.
from tplib.nn.graph import graph  # noqa: F401
