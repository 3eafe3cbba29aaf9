"""Activations as nodes, functions and modules."""
