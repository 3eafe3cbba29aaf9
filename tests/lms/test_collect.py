"""What platforms give comes to its students: formats from their own code and documentation."""

import unicodedata
import zipfile

import pytest
from platforms import NOTEBOOKS, ROSTER, archive, class_of, handed_in, notebook, register

from tplib import TplibError
from tplib.lms.collect import collect

CLASS = class_of(300)


def moodle(students, folders=True, ending="_", plugin="assignsubmission_file"):
    files = {}
    for name, number in students:
        for book in NOTEBOOKS:
            start = f"{name}_{number}_{plugin}"
            files[f"{start}{ending}/{book}.ipynb" if folders else f"{start}_{book}.ipynb"] = notebook(
                f"{number} {book}"
            )
    return files


@pytest.mark.parametrize(
    "files",
    [moodle(CLASS), moodle(CLASS, ending=""), moodle(CLASS, folders=False)],
    ids=["folders", "before 4.1", "flat"],
)
def test_moodles_class_of_300(course, tmp_path, files):
    collected = collect(course, "TP6", archive(tmp_path / "nlp-TP6-42.zip", files))
    assert (collected.platform, len(collected.new), collected.unplaced) == ("Moodle", 300, [])
    known = register(course)
    by_number = {how["number"]: student for student, how in known["handed"]["TP6"].items()}
    submitted = handed_in(course)
    for name, number in CLASS:
        student = by_number[str(number)]
        assert known["people"][student]["name"] == unicodedata.normalize("NFC", name)
        assert submitted[student] == {f"{book}.ipynb": notebook(f"{number} {book}") for book in NOTEBOOKS}


def test_collected_again_nothing_changes(course, tmp_path):
    source = archive(tmp_path / "all.zip", moodle(CLASS[:20]))
    collect(course, "TP6", source)
    before = {path: path.stat().st_mtime_ns for path in (course / "submitted").rglob("*")}
    again = collect(course, "TP6", source)
    assert (again.new, again.changed, len(again.unchanged)) == ([], [], 20)
    assert {path: path.stat().st_mtime_ns for path in (course / "submitted").rglob("*")} == before


def test_later_submission_replaces_and_keeps_the_former(course, tmp_path):
    first = {"Ada Lovelace_7_assignsubmission_file_/1_forward.ipynb": notebook("old")}
    second = {"Ada Lovelace_7_assignsubmission_file_/1_forward.ipynb": notebook("new")}
    collect(course, "TP6", archive(tmp_path / "1.zip", first))
    collected = collect(course, "TP6", archive(tmp_path / "2.zip", second))
    assert collected.changed == ["ada-lovelace"]
    assert handed_in(course)["ada-lovelace"] == {"1_forward.ipynb": notebook("new")}
    kept = list((collected.kept / "earlier" / "ada-lovelace").rglob("1_forward.ipynb"))
    assert [path.read_bytes() for path in kept] == [notebook("old")]


def test_older_zip_does_not_replace(course, tmp_path):
    place = "Ada Lovelace_7_assignsubmission_file_/1_forward.ipynb"
    collect(course, "TP6", archive(tmp_path / "new.zip", {place: notebook("new")}))
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as file:
        file.writestr(zipfile.ZipInfo(place, (2026, 11, 1, 8, 0, 0)), notebook("old"))
    collected = collect(course, "TP6", tmp_path / "old.zip")
    assert collected.older == ["ada-lovelace"]
    assert handed_in(course)["ada-lovelace"] == {"1_forward.ipynb": notebook("new")}
    collect(course, "TP6", tmp_path / "old.zip")
    assert [path.read_bytes() for path in collected.kept.rglob("1_forward.ipynb")] == [notebook("old")]


def test_the_archive_of_another_assignment_is_refused(course, tmp_path):
    (course / "source/TP7").mkdir()
    (course / "source/TP7/rnn.ipynb").write_bytes(notebook("source"))
    source = archive(tmp_path / "x.zip", {"Ada Lovelace_7_assignsubmission_file_/rnn.ipynb": notebook("a")})
    with pytest.raises(TplibError, match=r"no notebook of TP6, but of TP7 \(rnn\): run `tp collect TP7 "):
        collect(course, "TP6", source)
    assert handed_in(course) == {}
    assert collect(course, "TP7", source).new == ["ada-lovelace"]


def test_a_folder_that_cannot_be_written_is_a_sentence(course, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "submitted")

    monkeypatch.setattr("tplib.lms.collect.place", refuse)  # root may write everywhere
    files = {"Ada Lovelace_7_assignsubmission_file_/1_forward.ipynb": notebook("a")}
    with pytest.raises(TplibError, match=r"submitted cannot be written or read: you may not write in "):
        collect(course, "TP6", archive(tmp_path / "x.zip", files))


def test_the_time_is_the_rosters(course, tmp_path, monkeypatch):
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    files = {"Marie Martin_11_assignsubmission_file_/1_forward.ipynb": notebook("x")}
    collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "roster.csv")
    from datetime import UTC, datetime

    expected = datetime(2026, 11, 12, 15, 4).astimezone(UTC)
    written = (course / "submitted/marie-martin-marie1/TP6/timestamp.txt").read_text()
    assert written == f"{expected:%Y-%m-%d %H:%M:%S} UTC"


def test_unknown_assignment(course, tmp_path):
    with pytest.raises(TplibError, match="The course has TP6"):
        collect(course, "TP9", archive(tmp_path / "x.zip", {"a/b.ipynb": b"{}"}))
