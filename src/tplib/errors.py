"""The one exception that users see as a sentence instead of a traceback."""


class TplibError(Exception):
    """What was given, what was expected, what to do. The command line prints it and exits with 1."""
