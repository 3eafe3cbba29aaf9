"""What tests of several rooms share."""

import pytest
from hypothesis import HealthCheck, settings

# On a busy machine, to draw an input can take longer than Hypothesis allows.
settings.register_profile("any load", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any load")


@pytest.fixture
def no_shrinking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search for a smallest input takes most of the time, and changes neither score nor name."""
    monkeypatch.setattr("tplib.graders.judge.smallest", lambda exercise, fails, known: known)
