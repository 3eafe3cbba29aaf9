"""Cells that use a student's answers before these are written."""

from types import TracebackType


class using_answers:
    """`with using_answers():` around code that calls answers: what is not written yet gives a sentence, not an error.

    made_above: variables that such a cell further up makes, and that are therefore missing when it waited.
    Only the stub's NotImplementedError and these names are caught; a mistake in an answer shows as Python shows it.
    """

    def __init__(self, *made_above: str) -> None:
        self.made_above = made_above

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, NameError) and error.name in self.made_above:
            print(
                f"Waiting for `{error.name}`, which a cell further up makes: run that one first, then this one again."
            )
            return True
        if not isinstance(error, NotImplementedError) or str(error):
            return False
        name = "an answer above"
        while trace:
            function, _, _ = trace.tb_frame.f_code.co_qualname.partition(".")  # of a method: its class
            if function != "<module>":
                name = f"`{function}`"
            trace = trace.tb_next
        print(f"Waiting for {name}: write it, run its cell, then run this one again.")
        return True
