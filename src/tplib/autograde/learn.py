"""Which modules a notebook imports, read from its code."""

from __future__ import annotations

import ast
from typing import Any


def imported_modules(notebook: dict[str, Any]) -> list[str]:
    """Names of the modules that the code cells import, in order; cells that do not parse are skipped."""
    from IPython.core.inputtransformer2 import TransformerManager

    names: dict[str, None] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        try:
            tree = ast.parse(TransformerManager().transform_cell(cell["source"]))
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names.update(dict.fromkeys(alias.name for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names[node.module] = None
    return list(names)
