"""Activations: nodes, functions, modules, derivatives."""
