"""Hostile submissions, and a throw-away course to see on one's own machine what comes of them.

`submissions/` holds answers, each one a cell of code; `files/` holds submissions whose notebook or files are the
attack. The first sentence of each says what it tries.
"""

from tplib.autograde.attacks.catalogue import Attack, attacks
from tplib.autograde.attacks.outcome import Row
from tplib.autograde.attacks.run import run_attacks

__all__ = ["Attack", "Row", "attacks", "run_attacks"]
