"""What IPython does to a cell's text before it runs, without the two readings that most cells do not need.

IPython reads each cell in tokens to find `%magic`, `!command`, `help?` and the like, and compiles it once to see
whether it awaits something; it does both twice. A text without the signs and words of these cannot have them.
"""

from __future__ import annotations

import re
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

# `,`, `;` and `/` count at the beginning of a line only. At a null byte, IPython reads otherwise than Python.
SIGNS = re.compile(r"[%!?\0]|^\s*[,;/]", re.MULTILINE)
ENDS = ("\n", "\r", "\v", "\f")  # IPython warns of lines that end otherwise
TRANSFORMERS = tuple(TransformerManager().token_transformers)


class QuickTransformerManager(TransformerManager):
    """Gives what IPython's own gives, as long as nobody has added a transformer."""

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """The lines, with IPython's signs replaced by calls."""
        usual = tuple(self.token_transformers) == TRANSFORMERS and all(line.endswith(ENDS) for line in lines)
        if usual and not SIGNS.search("".join(lines)):
            return lines
        changed: list[str] = super().do_token_transforms(lines)
        return changed


def may_await(source: Any) -> bool:
    """Whether the text has a word without which nothing is awaited."""
    return not isinstance(source, str) or "await" in source or "async" in source
