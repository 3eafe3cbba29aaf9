"""The one exception that users see as a sentence instead of a traceback."""


class TplibError(Exception):
    """What was given, what was expected, what to do. The command line prints it and exits with 1."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the sentence, without the frames that lead to it."""
        return [str(self)]
