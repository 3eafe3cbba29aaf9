"""What the tests of the exercises share."""

import pytest


@pytest.fixture
def no_shrinking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search for a smallest input takes most of the time, and changes neither score nor name."""
    monkeypatch.setattr("tplib.graders.judge.smallest", lambda exercise, fails, known: known)
