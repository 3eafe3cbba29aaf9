"""Who is who: people of one name, of a team, without names, and those who are not in the class's table."""

import unicodedata

from platforms import ROSTER, archive, handed_in, notebook

from tplib.lms.collect import collect


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


def test_decomposed_names_are_the_same_person(course, tmp_path):
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "Zoé Lefèvre")
        files = {f"{name}_7_assignsubmission_file_/1_forward.ipynb": notebook(form)}
        collect(course, "TP6", archive(tmp_path / f"{form}.zip", files))
    assert handed_in(course) == {"zoe-lefevre": {"1_forward.ipynb": notebook("NFD")}}


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
