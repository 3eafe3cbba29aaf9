"""For authors of a course: its first notebook, the skeleton of an exercise, and the proof of its graders."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tplib.authoring.proof import Fault, course_exercises, prove

__all__ = ["Fault", "course_exercises", "prove"]


def __getattr__(name: str) -> Any:
    """Import the proof when it is used: every `tp` command begins with this package."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tplib.authoring import proof

    return getattr(proof, name)
