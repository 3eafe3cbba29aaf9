"""What this project's own processes do before they import nbgrader."""

from __future__ import annotations

import sys


def leave_out_slow_imports() -> None:
    """Have jsonschema do without its check of internationalised addresses, which no notebook has.

    It is optional there, and building its parser at import takes a second: more than everything else in nbgrader.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # an import then raises ImportError
