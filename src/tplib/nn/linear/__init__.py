"""The affine map as a node, a function and a module."""
