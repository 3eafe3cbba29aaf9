"""Moodle's times say no zone. Whatever the clock of the machine that collects, they are those of the site's."""

import time
import zipfile
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from platforms import archive, notebook

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.autograde.bridge.due_date import enter_due, wanted_due
from tplib.autograde.submissions.lateness import read_lateness
from tplib.lms.collect import collect

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's clock cannot be set for a test")
PLACE = "Ada L_1_assignsubmission_file_/1_forward.ipynb"
ROSTER = (
    "Identifier,Full name,Email address,Grade,Maximum Grade,Last modified (submission)\n"
    'Participant 1,Ada L,ada@u.fr,,20,"{}"\n'
)
MACHINES = ["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]


@pytest.fixture
def machine(monkeypatch):
    """Set the clock of this machine to a zone."""

    def set_zone(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


def stamp(course):
    return (course / "submitted/ada-l/TP6/timestamp.txt").read_text()


def roster(path, text):
    path.write_text(ROSTER.format(text), "utf-8")
    return path


@pytest.mark.parametrize("zone", MACHINES)
def test_times_of_a_table_are_the_sites(course, tmp_path, machine, zone):
    machine(zone)
    table = roster(tmp_path / "r.csv", "Thursday, 12 November 2026, 3:04 PM")
    collect(course, "TP6", archive(tmp_path / "x.zip", {PLACE: notebook("a")}), table, "Europe/Paris")
    assert stamp(course) == "2026-11-12 14:04:00 UTC"


@pytest.mark.parametrize("zone", MACHINES[:3])
def test_times_of_an_archive_are_the_sites(course, tmp_path, machine, zone):
    machine(zone)
    collect(course, "TP6", archive(tmp_path / "x.zip", {PLACE: notebook("a")}), timezone="Europe/Paris")
    assert stamp(course) == "2026-11-12 14:04:00 UTC"


def test_an_archive_that_says_the_time_in_utc_is_believed(course, tmp_path, machine):
    machine("Asia/Kolkata")
    member = zipfile.ZipInfo(PLACE, (2026, 11, 12, 15, 4, 0))
    when = int(datetime.fromisoformat("2026-11-12T12:00:00+00:00").timestamp())
    member.extra = b"UT\x05\x00\x01" + when.to_bytes(4, "little")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr(member, notebook("a"))
    collect(course, "TP6", tmp_path / "x.zip")
    assert stamp(course) == "2026-11-12 12:00:00 UTC"


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("dimanche 25 octobre 2026, 01:59", "2026-10-24 23:59:00 UTC"),  # summer time
        ("dimanche 25 octobre 2026, 02:30", "2026-10-25 00:30:00 UTC"),  # twice on the clock: the first counts
        ("dimanche 25 octobre 2026, 03:00", "2026-10-25 02:00:00 UTC"),
        ("dimanche 28 mars 2027, 01:59", "2027-03-28 00:59:00 UTC"),
        ("dimanche 28 mars 2027, 03:00", "2027-03-28 01:00:00 UTC"),  # a minute later
    ],
)
def test_at_the_changes_of_summer_time(course, tmp_path, machine, text, utc):
    machine("America/New_York")
    table = roster(tmp_path / "r.csv", text)
    collect(course, "TP6", archive(tmp_path / "x.zip", {PLACE: notebook("a")}), table, "Europe/Paris")
    assert stamp(course) == utc


def test_without_an_option_the_courses_zone_counts_and_then_the_machines(course, tmp_path, machine):
    machine("America/New_York")
    source = archive(tmp_path / "x.zip", {PLACE: notebook("a")})
    table = roster(tmp_path / "r.csv", "Thursday, 12 November 2026, 3:04 PM")
    collect(course, "TP6", source, table)
    assert stamp(course) == "2026-11-12 20:04:00 UTC"
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.NbGraderAPI.timezone = 'Europe/Paris'\n")
    assert collect(course, "TP6", source, table).unchanged == ["ada-l"]  # and the time is put right
    assert stamp(course) == "2026-11-12 14:04:00 UTC"
    collect(course, "TP6", source)  # the archive's time is no better than the table's
    assert stamp(course) == "2026-11-12 14:04:00 UTC"


def test_a_zone_that_does_not_exist_is_a_sentence(course, tmp_path):
    source = archive(tmp_path / "x.zip", {PLACE: notebook("a")})
    with pytest.raises(TplibError, match=r"--timezone: there is no time zone 'Paris'; write it as Europe/Paris"):
        collect(course, "TP6", source, timezone="Paris")
    assert not (course / "submitted").exists()


@pytest.mark.parametrize("zone", MACHINES[:3])
@pytest.mark.parametrize(
    ("due", "late"),
    [
        ("2026-10-25 23:59", timedelta()),  # in the course's zone, as the submission
        ("2026-10-25 22:00", timedelta(hours=1, minutes=58)),
        ("2026-10-25 23:59 UTC", timedelta()),
        ("2026-10-25 18:57 America/New_York", timedelta(minutes=1)),
        ("2026-10-25 22:57 +00:00", timedelta(minutes=1)),
        ("2026-10-25", timedelta()),
        ("2026-10-24", timedelta(hours=24, minutes=58, seconds=1)),  # a day of 25 hours
    ],
)
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own add_submission
def test_lateness_across_zones(course, machine, zone, due, late):
    """Handed in on 25 October at 23:58 in Paris, after summer time has ended there."""
    machine(zone)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.NbGraderAPI.timezone = 'Europe/Paris'\n")
    opened = open_course(course)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        gradebook.add_assignment("TP6")
        gradebook.add_student("ada")
        gradebook.add_submission("TP6", "ada", timestamp="2026-10-25 22:58:00 UTC")
    enter_due(opened, "TP6", wanted_due(opened, "TP6", due))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        found = read_lateness(gradebook.find_assignment("TP6"), ["ada"], config=opened.app.config)
        assert found.late.get("ada", timedelta()) == late
        assert gradebook.find_submission("TP6", "ada").total_seconds_late == late.total_seconds()  # nbgrader's own
    assert found.told.endswith(("CET", "CEST"))


def test_a_student_does_not_say_when_it_was_handed_in(course, tmp_path, machine):
    machine("UTC")
    forged = {PLACE: notebook("a"), PLACE.replace("1_forward.ipynb", "timestamp.txt"): b"2020-01-01 00:00:00 UTC"}
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", forged))
    assert stamp(course) == "2026-11-12 15:04:00 UTC"
    assert (course / "submitted/ada-l/TP6/timestamp (handed in).txt").read_bytes() == b"2020-01-01 00:00:00 UTC"
    assert "ada-l handed in a timestamp.txt: it counts for nothing" in collected.notes[0]
