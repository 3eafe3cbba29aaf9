"""Dates as Moodle writes them in English and French."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, tzinfo

from tplib.autograde.submissions.clock import in_utc

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier janv", "february fevrier fevr fev", "march mars", "april avril avr", "may mai",
            "june juin", "july juillet juil", "august aout", "september septembre sept", "october octobre",
            "november novembre", "december decembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
DATE = re.compile(r"(\d{1,2})(?:er)?\s+([a-z]+)\.?\s+(\d{4})\D+(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?")


def moodle_date(text: str, zone: tzinfo | None = None) -> datetime | None:
    """`Thursday, 12 November 2026, 3:04 PM` or `jeudi 12 novembre 2026, 15:04`, on the clock of `zone`, in UTC.

    Moodle says no zone: the site's is meant. zone: None for this machine's.
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    found = DATE.search("".join(letter for letter in folded if not unicodedata.combining(letter)))
    if found is None:
        return None
    month = next((number for name, number in MONTHS.items() if found[2] in (name, name[:3])), None)
    hour = int(found[4]) % 12 + 12 * (found[6] == "pm") if found[6] else int(found[4])
    try:
        return in_utc(datetime(int(found[3]), month or 0, int(found[1]), hour, int(found[5])), zone)
    except (ValueError, OverflowError):
        return None
