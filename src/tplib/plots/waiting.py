"""Cells that need an exercise's answer, in a notebook where it is not written yet."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs(*names: str) -> Iterator[None]:
    """Run the block; if it meets an untouched exercise or an undefined one of `names`, print one sentence instead.

    Any other exception, a student's own mistake included, passes through.
    """
    try:
        yield
    except NotImplementedError as error:
        if str(error):
            raise
        print(_sentence(_raised_in(error, names)))
    except NameError as error:
        if error.name not in names:
            raise
        print(_sentence(error.name))


def _raised_in(error: BaseException, names: tuple[str, ...]) -> str:
    """Which of `names` the exception went through: a function, or a class by one of its methods."""
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_qualname.partition(".")[0]
        if name in names:
            return name
        trace = trace.tb_next
    return ", ".join(names)


def _sentence(name: str) -> str:
    return f"This cell waits for {name}, further up. Come back and run it when {name} is there."
