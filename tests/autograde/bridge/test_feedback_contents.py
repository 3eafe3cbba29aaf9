"""What a feedback page says of the date."""

from __future__ import annotations

from datetime import datetime, timedelta

from traitlets.config import Config

from tplib.autograde.bridge.feedback_contents import due_text

CONFIG = Config({"NbGraderAPI": {"timezone": "UTC"}})


def test_the_date_holds_the_extension():
    due = datetime(2026, 10, 24, 18)
    assert due_text(None, timedelta(days=1), CONFIG) == ""
    assert due_text(due, None, CONFIG) == "2026-10-24 18:00 UTC"
    assert due_text(due, timedelta(days=1), CONFIG) == "2026-10-25 18:00 UTC, your extension included"
