"""Views: tensors that look at another tensor's memory, so that a change of one is a change of the other."""

from __future__ import annotations

import weakref
from typing import Any, ClassVar

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.hooks import RETAIN
from tplib.nn.graph.recording import is_grad_enabled
from tplib.nn.graph.storage import owner_of

Steps = tuple[tuple[type[Function], tuple[Any, ...]], ...]


class ViewFunction(Function):
    """A node whose output may be a view of its first input: slices, reshapes, permutations."""

    __slots__ = ()
    is_view: ClassVar[bool] = True

    @classmethod
    def apply(cls, *args: Any) -> Any:
        out, x = super().apply(*args), args[0]
        if owner_of(out._data) is owner_of(x._data):
            _remember(x, out, (cls, args[1:]))
        return out


def _remember(x: Any, out: Any, step: tuple[type[Function], tuple[Any, ...]]) -> None:
    """Write down in `out` how it comes from the tensor that has the memory, and there that it exists."""
    base, steps, leaf = x._view or (x, (), None)
    if x._view and x.requires_grad and x._node is None:
        leaf = x  # a view that was made a leaf: no recorded change may touch it either
    if steps is None or not is_grad_enabled():
        out._view = base, None, leaf  # no graph leads from one to the other
        return
    out._view = base, (*steps, step), leaf
    if base.requires_grad and base._node is None:
        return  # a leaf that no recorded change may touch
    views = base._views
    if views is None:
        base._views = views = []
    elif len(views) > 64 and not len(views) & 63:  # now and then, forget those that are gone
        views[:] = [reference for reference in views if reference() is not None]
    views.append(weakref.ref(out))


def look(array: Array, steps: Steps) -> Array:
    """The view of an array that the steps make."""
    for node, args in steps:
        array = node.forward(node(), array, *args)
    return array


def follow(base: Any) -> None:
    """Derive all views of a tensor anew, after a change that the graph records."""
    references, base._views = base._views or (), None
    for reference in references:
        view = reference()
        if view is None or view._view is None or view._view[1] is None:
            continue
        again = base
        for node, args in view._view[1]:
            again = node.apply(again, *args)
        move_node(view, again)
        base._views.append(reference)


def move_node(tensor: Any, other: Any) -> None:
    """Let the node that computed `other` be the node of `tensor`, which keeps its array."""
    old, new = tensor._node, other._node
    if old is not None and new is not None and old.retained is tensor:
        # As in PyTorch, hooks see the gradient of the values that they were registered for; `.grad` is of the new ones.
        hooks, former = tensor._hooks, tensor.detach()
        tensor._hooks = {RETAIN: hooks.pop(RETAIN)} if RETAIN in hooks else None
        former._hooks, old.retained = hooks, former if hooks else None
        new.retained = None if tensor._hooks is None else tensor
    tensor._node, tensor._requires_grad = new, other._requires_grad


def unwatched(view: Any) -> Any:
    """A view with hooks, taken anew without them: as in PyTorch, they do not see what a change in place sends back."""
    base, steps, _ = view._view
    hooks = view._hooks or {}
    if steps is None or view._node is None or view._node.retained is not view or not hooks.keys() - {RETAIN}:
        return view
    again = base
    for node, args in steps:
        again = node.apply(again, *args)
    return again
