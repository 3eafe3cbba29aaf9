"""What each platform gives comes to its students: formats from their own code and documentation."""

import struct

import pytest
from nbgrader.api import Gradebook
from platforms import archive, handed_in, notebook, register, zipped

from tplib.lms.collect import collect


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


def test_flat_moodle_with_a_zip(course, tmp_path):
    inner = zipped({"1_forward.ipynb": notebook("a")})
    collect(course, "TP6", archive(tmp_path / "x.zip", {"Ada Lovelace_7_assignsubmission_file_work.zip": inner}))
    assert handed_in(course) == {"ada-lovelace": {"1_forward.ipynb": notebook("a")}}


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


@pytest.mark.parametrize("code", ["cp437", "cp850", "cp1252"])
@pytest.mark.parametrize("name", ["Zoé Lefèvre", "Hélène Çelik", "Jürgen Núñez"])
def test_names_in_the_codes_of_windows(course, tmp_path, name, code):
    mark = "".join("_" if not letter.isascii() else letter for letter in name)
    source = archive(tmp_path / "x.zip", {f"{mark}_1_assignsubmission_file_/1_forward.ipynb": notebook("a")})
    source.write_bytes(source.read_bytes().replace(mark.encode(), name.encode(code)))
    collect(course, "TP6", source)
    assert [person["name"] for person in register(course)["people"].values()] == [name]
