"""What platforms give comes to its students: formats from their own code and documentation."""

import io
import struct
import unicodedata
import zipfile

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook
from platforms import NOTEBOOKS, archive, class_of, handed_in, notebook, register

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


def test_anonymous_and_text_submissions(course, tmp_path):
    files = {
        "Participant_900110_assignsubmission_file_/1_forward.ipynb": notebook("a"),
        "Participant_900110_assignsubmission_onlinetext_/onlinetext.html": b"<p>see the file</p>",
        "Participant_900111_assignsubmission_file_/1_forward.ipynb": notebook("b"),
    }
    collect(course, "TP6", archive(tmp_path / "x.zip", files))
    assert handed_in(course) == {
        "participant-900110": {"1_forward.ipynb": notebook("a"), "onlinetext.html": b"<p>see the file</p>"},
        "participant-900111": {"1_forward.ipynb": notebook("b")},
    }


ROSTER = (
    "\ufeffIdentifiant,Nom complet,Adresse de courriel,Statut,Groupe,Note,Note maximale,"
    "La note peut être modifiée,Dernière modification (travail remis),Dernière modification (note)\n"
    'Participant 11,"Marie Martin",marie1@u.fr,Remis pour évaluation,Les Perceptrons,,"100,00",Oui,'
    '"jeudi 12 novembre 2026, 15:04",-\n'
    'Participant 12,"Marie Martin",marie2@u.fr,Remis pour évaluation,Les Perceptrons,,"100,00",Oui,-,-\n'
)


def test_namesakes_keep_their_ids_in_each_assignment_by_the_roster(course, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    files = {f"Marie Martin_{n}_assignsubmission_file_/1_forward.ipynb": notebook(str(n)) for n in (11, 12)}
    collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "roster.csv")
    submitted = handed_in(course)
    assert submitted["marie-martin-marie1"] == {"1_forward.ipynb": notebook("11")}
    assert submitted["marie-martin-marie2"] == {"1_forward.ipynb": notebook("12")}
    (course / "source/TP7").mkdir()
    (course / "source/TP7/rnn.ipynb").write_bytes(notebook("source"))
    (tmp_path / "roster7.csv").write_text(ROSTER.replace(" 11,", " 92,").replace(" 12,", " 91,"), "utf-8")
    files = {f"Marie Martin_{n}_assignsubmission_file_/rnn.ipynb": notebook(str(n)) for n in (91, 92)}
    collected = collect(course, "TP7", archive(tmp_path / "y.zip", files), tmp_path / "roster7.csv")
    submitted = handed_in(course, "TP7")
    assert submitted["marie-martin-marie1"] == {"rnn.ipynb": notebook("92")}
    assert submitted["marie-martin-marie2"] == {"rnn.ipynb": notebook("91")}
    assert collected.doubtful == []


def test_who_was_told_apart_by_a_roster_keeps_the_id_without_it(course, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    files = {f"Marie Martin_{n}_assignsubmission_file_/1_forward.ipynb": notebook(str(n)) for n in (11, 12)}
    source = archive(tmp_path / "x.zip", files)
    collect(course, "TP6", source, tmp_path / "roster.csv")
    collected = collect(course, "TP6", source)
    assert sorted(collected.unchanged) == ["marie-martin-marie1", "marie-martin-marie2"]
    assert (collected.new, collected.doubtful) == ([], [])
    assert set(handed_in(course)) == {"marie-martin-marie1", "marie-martin-marie2"}


def test_a_roster_of_another_assignment_is_told(course, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    files = {f"Marie Martin_{n}_assignsubmission_file_/1_forward.ipynb": notebook(str(n)) for n in (61, 62)}
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "roster.csv")
    assert collected.notes[0].startswith("no number of roster.csv is in x.zip: it seems to be the table of another")


def test_the_archive_of_another_assignment_is_refused(course, tmp_path):
    (course / "source/TP7").mkdir()
    (course / "source/TP7/rnn.ipynb").write_bytes(notebook("source"))
    source = archive(tmp_path / "x.zip", {"Ada Lovelace_7_assignsubmission_file_/rnn.ipynb": notebook("a")})
    with pytest.raises(TplibError, match=r"no notebook of TP6, but of TP7 \(rnn\): run `tp collect TP7 "):
        collect(course, "TP6", source)
    assert handed_in(course) == {}
    assert collect(course, "TP7", source).new == ["ada-lovelace"]


def test_an_empty_folder_is_told_by_its_students_name(course, tmp_path):
    files = {
        "Ada Lovelace_7_assignsubmission_file_/1_forward.ipynb": notebook("a"),
        "Ada Lovelace_7_assignsubmission_file_/data/": b"",
        "Zoé Martin_8_assignsubmission_file_/": b"",
    }
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files))
    assert collected.new == ["ada-lovelace"]
    assert collected.notes == ["Zoé Martin: the folder is empty, nothing is in it to grade"]


def test_a_folder_that_cannot_be_written_is_a_sentence(course, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "submitted")

    monkeypatch.setattr("tplib.lms.collect.place", refuse)  # root may write everywhere
    files = {"Ada Lovelace_7_assignsubmission_file_/1_forward.ipynb": notebook("a")}
    with pytest.raises(TplibError, match=r"submitted cannot be written or read \(Permission denied\)"):
        collect(course, "TP6", archive(tmp_path / "x.zip", files))


def test_namesakes_without_a_roster_stay_apart_and_are_told(course, tmp_path):
    files = {f"Marie Martin_{n}_assignsubmission_file_/1_forward.ipynb": notebook(str(n)) for n in (11, 12)}
    source = archive(tmp_path / "x.zip", files)
    collected = collect(course, "TP6", source)
    assert collected.doubtful == ["Marie Martin"]
    assert set(handed_in(course)) == {"marie-martin-11", "marie-martin-12"}
    assert sorted(collect(course, "TP6", source).unchanged) == ["marie-martin-11", "marie-martin-12"]


def test_a_teams_work_goes_to_each_of_its_members(course, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    files = {"Les Perceptrons_77_assignsubmission_file_/1_forward.ipynb": notebook("ours")}
    collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "roster.csv")
    assert list(handed_in(course)) == ["marie-martin-marie1", "marie-martin-marie2"]


def test_the_time_is_the_rosters(course, tmp_path, monkeypatch):
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    files = {"Marie Martin_11_assignsubmission_file_/1_forward.ipynb": notebook("x")}
    collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "roster.csv")
    from datetime import UTC, datetime

    expected = datetime(2026, 11, 12, 15, 4).astimezone(UTC)
    written = (course / "submitted/marie-martin-marie1/TP6/timestamp.txt").read_text()
    assert written == f"{expected:%Y-%m-%d %H:%M:%S} UTC"


def test_canvas(course, tmp_path):
    files = {
        "lovelaceada_1001_55001_1_forward.ipynb": notebook("ada"),
        "lovelaceada_1001_55002_2_losses-1.ipynb": notebook("ada 2"),
        "hopper_LATE_1002_55003_1_forward.ipynb": notebook("grace"),
        "anon_1003_55004_1_forward.ipynb": notebook("nobody"),
    }
    (tmp_path / "grades.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,TP6 (77)\n    Points Possible,,,,,20\n"
        '"Lovelace, Ada",1001,S1,ada,A,\n"Hopper, Grace",1002,S2,grace,A,\n'
    )
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "grades.csv")
    submitted = handed_in(course)
    assert submitted["ada-lovelace"] == {"1_forward.ipynb": notebook("ada"), "2_losses-1.ipynb": notebook("ada 2")}
    assert submitted["anon-1003"] == {"1_forward.ipynb": notebook("nobody")}
    assert collected.late == ["grace-hopper"]
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        ada = gradebook.find_student("ada-lovelace")
        assert (ada.first_name, ada.last_name, ada.email) == ("Ada", "Lovelace", "ada")


METADATA = """---
submission_111:
  :submitters:
  - :name: Zoé Lefèvre
    :sid: '0042'
    :email: zoe@u.fr
  - :name: Ada Lovelace
    :sid: '0043'
    :email: ada@u.fr
  :created_at: 2026-11-12 14:04:00.000000000 Z
  :score: 3.0
submission_112:
  :submitters:
  - :name: Grace Hopper
    :sid: '0044'
    :email: grace@u.fr
  :created_at: 2026-11-12 15:04:00.000000000 +01:00
"""


def test_gradescope_with_a_group(course, tmp_path):
    files = {
        "assignment_9_export/submission_metadata.yml": METADATA.encode(),
        "assignment_9_export/submission_111/1_forward.ipynb": notebook("ours"),
        "assignment_9_export/submission_112/1_forward.ipynb": notebook("mine"),
        "assignment_9_export/submission_113/1_forward.ipynb": notebook("whose?"),
    }
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files))
    submitted = handed_in(course)
    assert list(submitted) == ["ada-lovelace", "grace-hopper", "zoe-lefevre"]
    assert submitted["ada-lovelace"] == submitted["zoe-lefevre"] == {"1_forward.ipynb": notebook("ours")}
    for student in submitted:
        time = (course / "submitted" / student / "TP6" / "timestamp.txt").read_text()
        assert time == "2026-11-12 14:04:00 UTC"
    assert [path for path, _ in collected.unplaced] == ["assignment_9_export/submission_113/1_forward.ipynb"]
    assert [p.read_bytes() for p in (collected.kept / "unplaced").rglob("*.ipynb")] == [notebook("whose?")]


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_nbgraders_own_form_and_plain_folders(course, tmp_path, packed):
    own = {f"submitted/{s}/TP6/1_forward.ipynb": notebook(s) for s in ("ada", "bob_x")}
    plain = {f"class/{s}/1_forward.ipynb": notebook(s) for s in ("ada", "bob_x")}
    for files, platform in ((own, "nbgrader"), (plain, "folder")):
        if packed:
            source = archive(tmp_path / f"{platform}.zip", files)
        else:
            source = tmp_path / platform
            for name, content in files.items():
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                (source / name).write_bytes(content)
        collected = collect(course, "TP6", source)
        assert (collected.platform, collected.unplaced) == (platform, [])
        assert handed_in(course) == {s: {"1_forward.ipynb": notebook(s)} for s in ("ada", "bob_x")}


def test_files_named_after_notebook_and_student(course, tmp_path):
    files = {
        "Zoé Lefèvre - 1_forward.ipynb": notebook("a"),
        "1_forward_bob.ipynb": notebook("b"),
        "bob 2_losses.ipynb": notebook("c"),
        "homework.ipynb": notebook("?"),
    }
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files))
    assert handed_in(course) == {
        "zoe-lefevre": {"1_forward.ipynb": notebook("a")},
        "bob": {"1_forward.ipynb": notebook("b"), "2_losses.ipynb": notebook("c")},
    }
    assert [path for path, _ in collected.unplaced] == ["homework.ipynb"]


def zipped(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
    return content.getvalue()


def test_zips_in_zips_and_litter(course, tmp_path):
    inner = zipped(
        {
            "TP6/1_forward.ipynb": notebook("a"),
            "TP6/data/words.txt": b"mot",
            "__MACOSX/TP6/._1_forward.ipynb": b"litter",
            "TP6/.ipynb_checkpoints/1_forward-checkpoint.ipynb": notebook("draft"),
        }
    )
    files = {
        "Ada Lovelace_7_assignsubmission_file_/my work.zip": zipped({"handed in.zip": inner}),
        "Bob_8_assignsubmission_file_/broken.zip": inner[:-30],
    }
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files))
    submitted = handed_in(course)
    assert submitted["ada-lovelace"] == {"1_forward.ipynb": notebook("a"), "data/words.txt": b"mot"}
    assert [path for path, _ in collected.unplaced] == ["bob/broken.zip"]


def test_flat_moodle_with_a_zip(course, tmp_path):
    inner = zipped({"1_forward.ipynb": notebook("a")})
    collect(course, "TP6", archive(tmp_path / "x.zip", {"Ada Lovelace_7_assignsubmission_file_work.zip": inner}))
    assert handed_in(course) == {"ada-lovelace": {"1_forward.ipynb": notebook("a")}}


def test_hostile_members_go_nowhere(course, tmp_path):
    files = {
        "../../outside.ipynb": notebook("x"),
        "Ada_7_assignsubmission_file_/../../../outside.ipynb": notebook("x"),
        "/etc/outside.ipynb": notebook("x"),
        "Ada_7_assignsubmission_file_/1_forward.ipynb": notebook("a"),
    }
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files))
    assert handed_in(course) == {"ada": {"1_forward.ipynb": notebook("a")}}
    assert len(collected.unplaced) == 3
    outside = [path for path in tmp_path.rglob("outside.ipynb") if course / "downloaded" not in path.parents]
    assert outside == []


def test_names_in_utf8_without_saying_so(course, tmp_path):
    """Some programs leave the flag out; zipfile then reads another alphabet."""
    source = archive(tmp_path / "x.zip", {"Zoé_7_assignsubmission_file_/1_forward.ipynb": notebook("a")})
    content = bytearray(source.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark) + at
        flags = struct.unpack_from("<H", content, place)[0]
        struct.pack_into("<H", content, place, flags & ~0x800)
    source.write_bytes(content)
    collect(course, "TP6", source)
    assert register(course)["people"]["zoe"]["name"] == "Zoé"


def test_decomposed_names_are_the_same_person(course, tmp_path):
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "Zoé Lefèvre")
        files = {f"{name}_7_assignsubmission_file_/1_forward.ipynb": notebook(form)}
        collect(course, "TP6", archive(tmp_path / f"{form}.zip", files))
    assert handed_in(course) == {"zoe-lefevre": {"1_forward.ipynb": notebook("NFD")}}


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"not a zip", "no zip archive"), (zipped({"a.txt": b"x"})[:-40], "no zip archive"), (None, "is not there")],
    ids=["a text", "cut off", "missing"],
)
def test_what_is_no_archive_is_said(course, tmp_path, content, words):
    source = tmp_path / "x.zip"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(TplibError, match=words):
        collect(course, "TP6", source)
    assert not (course / "submitted").exists()


def test_unknown_assignment(course, tmp_path):
    with pytest.raises(TplibError, match="The course has TP6"):
        collect(course, "TP9", archive(tmp_path / "x.zip", {"a/b.ipynb": b"{}"}))


def test_numbers_and_addresses_that_several_share_tell_nobody(course, tmp_path):
    titles = "Identifier,Full name,Email address,ID number,Status,Grade,Maximum Grade,Grade can be changed\n"
    people = ((1, "Ada L"), (2, "Bob M"), (3, "Zoé Le Goff"))
    rows = [f"Participant {n},{name},-,0,x,,20,Yes\n" for n, name in people]
    (tmp_path / "roster.csv").write_text(titles + "".join(rows), "utf-8")
    files = {f"{name}_{n}_assignsubmission_file_/1_forward.ipynb": notebook(str(n)) for n, name in people}
    collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "roster.csv")
    assert handed_in(course) == {
        student: {"1_forward.ipynb": notebook(n)}
        for student, n in (("ada-l", "1"), ("bob-m", "2"), ("zoe-le-goff", "3"))
    }


def test_anonymous_participants_stay_apart_with_a_table_without_names(course, tmp_path):
    titles = "Identifiant,Statut,Note,Note maximale,La note peut être modifiée\n"
    (tmp_path / "roster.csv").write_text(titles + "Participant 11,x,,20,Oui\nParticipant 12,x,,20,Oui\n", "utf-8")
    files = {f"Participant_{n}_assignsubmission_file_/1_forward.ipynb": notebook(str(n)) for n in (11, 12)}
    collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "roster.csv")
    assert {student: files["1_forward.ipynb"] for student, files in handed_in(course).items()} == {
        "participant-11": notebook("11"),
        "participant-12": notebook("12"),
    }


def test_who_is_not_in_the_table_is_told(course, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    files = {f"{name}_assignsubmission_file_/1_forward.ipynb": notebook(name) for name in ("Marie Martin_11", "Bob_99")}
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files), tmp_path / "roster.csv")
    assert (collected.strangers, sorted(collected.new)) == (["bob"], ["bob", "marie-martin-marie1"])


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("1_forward.ipynb.txt", "1_forward.ipynb"),
        ("1_forward.ipynb.json", "1_forward.ipynb"),
        ("work/1_FORWARD.IPYNB", "1_FORWARD.ipynb"),
        ("notes.txt", "notes.txt"),
    ],
)
def test_notebooks_get_their_ending_again(course, tmp_path, given, found):
    place = "Ada L_1_assignsubmission_file_"
    collect(course, "TP6", archive(tmp_path / "x.zip", {f"{place}/{given}": notebook("a")}))
    assert handed_in(course)["ada-l"] == {found: notebook("a")}


def test_an_ending_that_would_take_anothers_place_stays(course, tmp_path):
    files = {name: notebook(name) for name in ("1_forward.ipynb", "1_forward.ipynb.txt")}
    source = archive(tmp_path / "x.zip", {f"Ada L_1_assignsubmission_file_/{name}": files[name] for name in files})
    collect(course, "TP6", source)
    assert handed_in(course)["ada-l"] == files


@pytest.mark.parametrize("code", ["cp437", "cp850", "cp1252"])
@pytest.mark.parametrize("name", ["Zoé Lefèvre", "Hélène Çelik", "Jürgen Núñez"])
def test_names_in_the_codes_of_windows(course, tmp_path, name, code):
    mark = "".join("_" if not letter.isascii() else letter for letter in name)
    source = archive(tmp_path / "x.zip", {f"{mark}_1_assignsubmission_file_/1_forward.ipynb": notebook("a")})
    source.write_bytes(source.read_bytes().replace(mark.encode(), name.encode(code)))
    collect(course, "TP6", source)
    assert [person["name"] for person in register(course)["people"].values()] == [name]


def test_what_macos_keeps_of_a_file_is_no_notebook(course, tmp_path):
    place = "Ada L_1_assignsubmission_file_"
    files = {f"{place}/1_forward.ipynb": notebook("a"), f"{place}/._1_forward.ipynb": b"\0\5\x16\7"}
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files))
    assert (handed_in(course)["ada-l"], collected.unplaced) == ({"1_forward.ipynb": notebook("a")}, [])


@pytest.mark.parametrize("content", [b"", b"PK cut off"])
def test_an_archive_inside_that_cannot_be_unpacked_is_kept(course, tmp_path, content):
    place = "Ada L_1_assignsubmission_file_"
    files = {f"{place}/1_forward.ipynb": notebook("a"), f"{place}/work.zip": content}
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files))
    assert [path for path, _ in collected.unplaced] == ["ada-l/work.zip"]
    assert (collected.kept / "unplaced" / "ada-l" / "work.zip").read_bytes() == content


def test_hidden_folders_belong_to_nobody(course, tmp_path):
    folder = tmp_path / "class"
    for path in ("ada/1_forward.ipynb", ".git/config"):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(notebook(path))
    collected = collect(course, "TP6", folder)
    assert (collected.new, [path for path, _ in collected.unplaced]) == (["ada"], [".git/config"])


def test_an_empty_archive_is_a_sentence(course, tmp_path):
    with pytest.raises(TplibError, match=r"x\.zip holds no file"):
        collect(course, "TP6", archive(tmp_path / "x.zip", {}))


def test_which_file_is_graded_is_told_as_grading_decides_it(course, tmp_path):
    def book(source, name):
        marks = {"grade_id": f"answer-{name}", "solution": True, "grade": False, "locked": False}
        cell = new_code_cell(source, metadata={"nbgrader": {**marks, "schema_version": 3, "task": False}})
        return writes(new_notebook(cells=[cell])).encode()

    stub = "# YOUR CODE HERE\nraise NotImplementedError"
    for name in NOTEBOOKS:
        (course / "source" / "TP6" / f"{name}.ipynb").write_bytes(book("solution", name))
        (course / "release" / "TP6").mkdir(parents=True, exist_ok=True)
        (course / "release" / "TP6" / f"{name}.ipynb").write_bytes(book(stub, name))
    first, second = NOTEBOOKS
    handed = {
        "Ada A_1": {"mine": book("x", first), second: book("y", second)},
        "Bob B_2": {first: book(stub, first), f"{first} (1)": book("x", first), second: book("y", second)},
        "Cy C_3": {first: book("x", first), "old": book("z", first)},
        "Di D_4": {"a": book("x", first), "b": book("z", first), second: book(stub, second)},
        "Ed E_5": {first: book("x", first), f"{first}-fresh": book(stub, first)},
    }
    files = {
        f"{who}_assignsubmission_file_/{name}.ipynb": content
        for who, books in handed.items()
        for name, content in books.items()
    }
    collected = collect(course, "TP6", archive(tmp_path / "1.zip", files))
    assert collected.renamed == [
        f"ada-a (mine.ipynb for {first}.ipynb)",
        f"bob-b ({first} (1).ipynb for {first}.ipynb)",
    ]
    assert collected.unclear == [
        f"cy-c ({first}: {first}.ipynb is graded, old.ipynb not)",
        f"di-d ({first}: none is graded, a.ipynb, b.ipynb not)",
    ]
    assert set(handed_in(course)["di-d"]) == {"a.ipynb", "b.ipynb", f"{second}.ipynb"}  # nothing is renamed


def test_a_renamed_notebook_is_not_told_as_another_with_the_same_cells(course, tmp_path):
    marks = {"grade_id": "answer", "solution": True, "grade": False, "locked": False}
    cell = new_code_cell("x", metadata={"nbgrader": {**marks, "schema_version": 3, "task": False}})
    content = writes(new_notebook(cells=[cell])).encode()
    first, second = NOTEBOOKS
    for name in NOTEBOOKS:
        (course / "source" / "TP6" / f"{name}.ipynb").write_bytes(content)
    place = "Ada A_1_assignsubmission_file_"
    files = {f"{place}/{first}.ipynb": content, f"{place}/{second} (1).ipynb": content}
    collected = collect(course, "TP6", archive(tmp_path / "1.zip", files))
    assert (collected.renamed, collected.unclear) == ([f"ada-a ({second} (1).ipynb for {second}.ipynb)"], [])
