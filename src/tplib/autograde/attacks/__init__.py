"""Hostile submissions, and a temporary course that shows on one's own machine what comes of them.

In `submissions/` each file is an answer: one cell of code. In `files/` the notebook or the files are the attack. The
first sentence of each says what it tries.
"""

from tplib.autograde.attacks.catalogue import Attack, attacks
from tplib.autograde.attacks.outcome import Row
from tplib.autograde.attacks.run import run_attacks

__all__ = ["Attack", "Row", "attacks", "run_attacks"]
