"""What the text of cells says: whether Python reads it, and which names an answer uses that no cell above it gives.

Read from the text, nothing is run. Where a cell may define what its text does not say (`from x import *`, `%run`,
`exec`), nothing is claimed.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

KNOWN = {*dir(builtins), "In", "Out", "get_ipython", "display", "exit", "quit", "_", "__", "___", "__file__"}
QUIET = re.compile(r"get_ipython\(\)\.run_line_magic\('(?:matplotlib|timeit|load_ext|config|pip|pwd|ls|env)',.*")
UNSEEN = re.compile(r"\bimport\s*\*|(?<![.\w])(?:exec|eval|globals|locals|setattr|get_ipython)\s*\(")


@dataclass
class Cell:
    """A code cell: the names that it gives to the cells below, and those that it takes from the others.

    readable: whether its text says all that it defines.
    """

    gives: set[str] = field(default_factory=set)
    takes: set[str] = field(default_factory=set)
    readable: bool = True


def look_at(source: str) -> Cell:
    """The names of one cell, whose magics were put into Python's words."""
    try:
        table = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Cell(readable=False)
    gives = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    gives |= {name for scope in _below(table) for name in _declared(scope)}
    takes = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    takes |= {name for scope in _below(table) for name in _global(scope)}
    return Cell(gives, takes - gives - KNOWN, not UNSEEN.search(QUIET.sub("", source)))


def lacking(cells: list[Cell], at: int) -> dict[str, bool]:
    """Names that cell `at` takes and no cell up to it gives, and for each whether one below gives it."""
    if not all(cell.readable for cell in cells[: at + 1]):
        return {}
    above = {name for cell in cells[: at + 1] for name in cell.gives}
    below = {name for cell in cells[at + 1 :] for name in cell.gives}
    return {name: name in below for name in sorted(cells[at].takes - above)}


def guarded(source: str) -> set[str]:
    """Names whose absence the text itself provides for: used inside `try:` with a handler."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    tries = [node for node in ast.walk(tree) if isinstance(node, ast.Try) and node.handlers]
    return {one.id for node in tries for part in node.body for one in ast.walk(part) if isinstance(one, ast.Name)}


def _below(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _below(child)


def _global(scope: symtable.SymbolTable) -> Iterator[str]:
    return (one.get_name() for one in scope.get_symbols() if one.is_referenced() and one.is_global())


def _declared(scope: symtable.SymbolTable) -> Iterator[str]:
    return (one.get_name() for one in scope.get_symbols() if one.is_declared_global() and one.is_assigned())


def python_of(source: str) -> str:
    """A cell with IPython's own commands put into Python's words; as it is where that fails."""
    from IPython.core.inputtransformer2 import TransformerManager

    with suppress(Exception):
        return TransformerManager().transform_cell(source)
    return source


def syntax_fault(source: str) -> tuple[int, str] | None:
    """The line and the reason why Python does not read a cell, IPython's own commands put into Python's words."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError as error:
        return error.lineno or 1, str(error.msg)
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, str(error)
    return None
