"""Find a library call that gives an exercise's answer away: read the student's code, and watch one call."""

import ast
import contextlib
import dis
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from types import CodeType, FrameType, FunctionType
from typing import Any


def shortcut(candidate: Any, forbidden: tuple[str, ...], run: Callable[[], Any]) -> str | None:
    """The dotted name of a forbidden call that `candidate` makes, or None.

    Reading finds aliases and names bound by `from ... import`; watching `run()` finds methods and `getattr`.
    """
    called = {id(obj): obj for obj in _read(candidate, set())}
    watched = _watch(run)
    targets = {name: target for name in forbidden if (target := resolve(name)) is not None}
    for name, target in targets.items():
        if id(target) in called or any(_is(target, seen) for seen in watched):
            return name
    return None


def resolve(name: str) -> Any:
    """The object of a dotted name, if its top package was imported already (else nobody can have called it)."""
    package, *rest = name.split(".")
    if package not in sys.modules:
        return None
    obj: Any = sys.modules[package]
    path = package
    for part in rest:
        path = f"{path}.{part}"
        if not hasattr(obj, part):
            try:
                importlib.import_module(path)
            except ImportError:
                return None
        obj = getattr(obj, part, None)
    return obj


def own_functions(candidate: Any) -> Iterator[FunctionType]:
    """The Python functions that a candidate consists of: itself, or the methods of a class."""
    if isinstance(candidate, type):
        for member in vars(candidate).values():
            function = getattr(member, "__func__", member)
            if isinstance(function, FunctionType):
                yield function
    else:
        function = getattr(candidate, "__func__", candidate)
        if isinstance(function, FunctionType):
            yield function


def global_names(function: FunctionType) -> set[str]:
    """Global variables that a function reads, its comprehensions and inner functions included; no attribute names."""
    return names_from_around(function.__code__) & function.__globals__.keys()


def names_from_around(code: CodeType) -> set[str]:
    """The names that code reads and does not bind itself; no attribute names."""
    return {
        step.argval
        for part in _codes(code)
        for step in dis.get_instructions(part)
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }


def _read(candidate: Any, seen: set[int]) -> Iterator[Any]:
    for function in own_functions(candidate):
        if id(function) in seen or str(function.__module__).startswith("tplib."):
            continue
        seen.add(id(function))
        cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=False))
        scope = {**function.__globals__, **{name: _content(cell) for name, cell in cells.items()}}
        for code in _codes(function.__code__):
            for obj in _loaded(code, scope):
                yield obj
                if getattr(obj, "__module__", None) == function.__module__ and callable(obj):
                    yield from _read(obj, seen)


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _loaded(code: CodeType, scope: dict[str, Any]) -> Iterator[Any]:
    """The objects that code loads by name, step by step along the dots; names that it binds itself included."""
    obj: Any = None
    scope = dict(scope)
    for step in dis.get_instructions(code):
        if step.opname.startswith("STORE_") and obj is not None:
            scope[step.argval] = obj  # `import scipy.special as s` inside a function, or `f = np.exp`
        if step.opname.startswith("LOAD_") and step.opname[5:] in ("GLOBAL", "NAME", "DEREF", "FAST", "FAST_CHECK"):
            obj = scope.get(step.argval)
        elif step.opname == "IMPORT_NAME":
            obj = sys.modules.get(step.argval)
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM") and obj is not None:
            parent = obj if step.opname == "IMPORT_FROM" else None
            found = getattr(obj, step.argval, None)
            if found is not None:
                yield found
            obj = parent or found
            continue
        elif step.opname not in ("PRECALL", "CACHE", "PUSH_NULL", "NOP", "RESUME"):
            obj = None
        if obj is not None:
            yield obj


def _watch(run: Callable[[], Any]) -> list[Any]:
    """What student code called directly while `run()` ran: code objects of Python functions, and built-ins."""
    seen: dict[Any, Any] = {}

    def profile(frame: FrameType, event: str, arg: Any) -> None:
        if event == "c_call" and _students(frame):
            seen[id(arg)] = arg
        elif event == "call" and frame.f_back is not None and _students(frame.f_back):
            seen[id(frame.f_code)] = frame.f_code

    if sys.getprofile() is not None:  # somebody is profiling, and cProfile could not be put back
        return []
    sys.setprofile(profile)
    try:
        with contextlib.suppress(Exception):
            run()
    finally:
        sys.setprofile(None)
    return list(seen.values())


def _students(frame: FrameType) -> bool:
    file = frame.f_code.co_filename
    ours = str(frame.f_globals.get("__name__", "")).startswith("tplib.")
    return not ours and "site-packages" not in file and not file.startswith(sys.base_prefix)


def _is(target: Any, seen: Any) -> bool:
    if isinstance(seen, CodeType):
        if isinstance(target, type):  # its constructor
            return any(getattr(vars(target).get(name), "__code__", None) is seen for name in ("__init__", "__new__"))
        return getattr(target, "__code__", None) is seen
    if seen is target:
        return True
    owner, name = getattr(target, "__objclass__", None), getattr(target, "__name__", None)
    return (
        owner is not None
        and name == getattr(seen, "__name__", "")
        and isinstance(getattr(seen, "__self__", None), owner)
    )


def named_calls(cells: Iterable[str], answer: str, forbidden: tuple[str, ...]) -> str | None:
    """The dotted name of a forbidden call that the last definition of `answer` in the cells spells out, or None.

    Reads the text alone: for code that runs where its own word cannot be taken.
    """
    names: dict[str, str] = {}
    definition: ast.AST | None = None
    for cell in cells:
        if cell.isascii() and answer not in cell and "import" not in cell:  # else Python may read letters as others
            continue
        imported, defined = _bindings(cell)
        names |= imported
        definition = defined.get(answer, definition)
    if definition is None:
        return None
    spelled = {_dotted(node, names) for node in ast.walk(definition) if isinstance(node, ast.Attribute | ast.Name)}
    return next((name for name in forbidden if name in spelled), None)


def definitions(cell: str) -> dict[str, ast.AST]:
    """What a cell defines, by name."""
    return _bindings(cell)[1]


@lru_cache(maxsize=1024)
def _bindings(cell: str) -> tuple[dict[str, str], dict[str, ast.AST]]:
    """What the names that a cell imports stand for, and its definitions by name; nothing for a cell without syntax."""
    lines = ["" if line.lstrip().startswith(("%", "!", "?")) else line for line in cell.split("\n")]
    imported: dict[str, str] = {}
    defined: dict[str, ast.AST] = {}
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return imported, defined
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                imported[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            defined |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
    return imported, defined


def _dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value, names)
        return before and f"{before}.{node.attr}"
    return None
