"""The table of the class enters everybody: who hands in nothing is known, and nobody becomes two."""

import pytest
from nbgrader.api import Gradebook
from platforms import archive, notebook, register

from tplib import TplibError
from tplib.autograde.submissions.enrolment import Enrolment, expected
from tplib.lms.collect import collect
from tplib.lms.enrolling import first_and_last
from tplib.lms.people import folded

TITLES = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission)\n"
)


def table(path, *people):
    """A worksheet of Moodle. people: number, name, address and time of submission."""
    rows = [f'Participant {number},"{name}",{email},x,,20.00,Yes,"{time}"\n' for number, name, email, time in people]
    path.write_text(TITLES + "".join(rows), "utf-8")
    return path


def zipped(path, *people):
    files = {
        f"{name}_{number}_assignsubmission_file_/1_forward.ipynb": notebook(folded(name)) for number, name in people
    }
    return archive(path, files)


def students(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        return {student.id: f"{student.first_name} {student.last_name}" for student in gradebook.students}


ADA, ZOE, BOB = (1, "Ada L", "ada@u.fr", "-"), (2, "Zoé Le Goff", "zoe@u.fr", "-"), (3, "Bob M", "bob@u.fr", "-")


def test_who_stands_in_the_table_and_hands_in_nothing_is_entered(course, tmp_path):
    source = zipped(tmp_path / "x.zip", (1, "Ada L"))
    collected = collect(course, "TP6", source, table(tmp_path / "r.csv", ADA, ZOE, BOB))
    assert (collected.new, collected.absent, collected.lacking) == (["ada-l"], ["bob-m", "zoe-le-goff"], [])
    assert students(course) == {"ada-l": "Ada L", "bob-m": "Bob M", "zoe-le-goff": "Zoé Le Goff"}
    assert expected(course, "TP6", students(course)) == {"ada-l", "bob-m", "zoe-le-goff"}


def test_a_name_that_differs_by_accents_and_case_is_no_second_student(course, tmp_path):
    roster = table(tmp_path / "r.csv", ADA, ZOE)
    collect(course, "TP6", zipped(tmp_path / "x.zip", (1, "Ada L")), roster)
    collected = collect(course, "TP6", zipped(tmp_path / "y.zip", (1, "Ada L"), (2, "ZOE LE GOFF")), roster)
    assert (collected.new, collected.absent, collected.strangers) == (["zoe-le-goff"], [], [])
    collected = collect(course, "TP6", zipped(tmp_path / "z.zip", (77, "zoe le-goff")))  # without numbers to go by
    assert (collected.unchanged, collected.new) == (["zoe-le-goff"], [])
    assert set(students(course)) == {"ada-l", "zoe-le-goff"}


def test_who_left_is_told_and_no_more_expected(course, tmp_path):
    source = zipped(tmp_path / "x.zip", (1, "Ada L"), (3, "Bob M"))
    collect(course, "TP6", source, table(tmp_path / "r.csv", ADA, ZOE, BOB))
    collected = collect(course, "TP6", source, table(tmp_path / "s.csv", ADA, BOB, (4, "Eve N", "eve@u.fr", "-")))
    assert (collected.gone, collected.absent) == (["zoe-le-goff"], ["eve-n"])
    assert expected(course, "TP6", students(course)) == {"ada-l", "bob-m", "eve-n"}
    assert expected(course, "TP7", students(course)) == {"ada-l", "bob-m", "eve-n"}  # by the newest table


def test_who_is_not_in_the_table_is_told_and_kept(course, tmp_path):
    source = zipped(tmp_path / "x.zip", (1, "Ada L"), (9, "Guest G"))
    collected = collect(course, "TP6", source, table(tmp_path / "r.csv", ADA, ZOE))
    assert (sorted(collected.new), collected.strangers) == (["ada-l", "guest-g"], ["guest-g"])
    assert "guest-g" in expected(course, "TP6", students(course))


def test_the_table_of_another_class_enters_nobody(course, tmp_path):
    source = zipped(tmp_path / "x.zip", (1, "Ada L"), (2, "Zoé Le Goff"), (3, "Bob M"))
    others = [(90 + n, f"Other {n}", f"o{n}@u.fr", "-") for n in range(5)]
    collected = collect(course, "TP6", source, table(tmp_path / "r.csv", *others, (98, "Bob M", "bob@u.fr", "-")))
    assert "of 3 who hand in, 1 are in r.csv: it seems to be another class's" in collected.notes[-1]
    assert (collected.absent, set(students(course))) == ([], {"ada-l", "bob-m", "zoe-le-goff"})


def test_who_handed_in_as_the_table_says_and_is_not_in_the_archive_is_told(course, tmp_path):
    late = (2, "Zoé Le Goff", "zoe@u.fr", "Thursday, 12 November 2026, 3:04 PM")
    collected = collect(
        course, "TP6", zipped(tmp_path / "x.zip", (1, "Ada L")), table(tmp_path / "r.csv", ADA, late, BOB)
    )
    assert (collected.absent, collected.lacking) == (["bob-m"], ["zoe-le-goff"])


def test_rows_without_names_enter_nobody(course, tmp_path):
    roster = table(tmp_path / "r.csv", (11, "", "", "-"), (12, "", "", "-"))
    collected = collect(course, "TP6", zipped(tmp_path / "x.zip", (11, "Participant")), roster)
    assert set(students(course)) == {"participant-11"}
    assert "2 rows of r.csv have no name" in collected.notes[-1]


def test_canvass_pretended_student_is_not_entered(course, tmp_path):
    (tmp_path / "g.csv").write_text(
        'Student,ID,SIS User ID,SIS Login ID,Section,TP6 (7)\n    Points Possible,,,,,20\n"L, Ada",1,S1,ada,A,\n'
        '"M, Bob",2,S2,bob,A,\n"Student, Test",3,,t,A,\n'
    )
    collected = collect(
        course, "TP6", archive(tmp_path / "x.zip", {"lada_1_5_1_forward.ipynb": notebook("a")}), tmp_path / "g.csv"
    )
    assert collected.absent == ["bob-m"]
    assert set(students(course)) == {"ada-l", "bob-m"}


def test_two_of_one_name_whom_the_table_entered_get_no_third(course, tmp_path):
    twins = (1, "Marie Martin", "m1@u.fr", "-"), (2, "Marie Martin", "m2@u.fr", "-")
    collect(course, "TP6", zipped(tmp_path / "x.zip", (1, "Marie Martin")), table(tmp_path / "r.csv", *twins))
    assert set(register(course)["people"]) == {"marie-martin-m1", "marie-martin-m2"}
    collected = collect(course, "TP6", zipped(tmp_path / "y.zip", (2, "Marie Martin")))
    assert collected.doubtful == ["Marie Martin"]  # it says to give the table


def test_tables_of_two_groups_count_together_and_a_new_one_replaces_its_own(tmp_path):
    enrolment = Enrolment(tmp_path / "enrolled.json")
    assert enrolment.enter("TP6", ["ada", "bob"]) == []
    assert enrolment.enter("TP6", ["cleo", "dan"]) == []
    assert enrolment.expected("TP6", []) == {"ada", "bob", "cleo", "dan"}
    assert enrolment.enter("TP6", ["ada", "eve"]) == ["bob"]
    assert enrolment.expected("TP6", ["bob", "by-hand"]) == {"ada", "eve", "cleo", "dan", "by-hand"}


def test_a_table_that_is_given_later_makes_nobody_two(course, tmp_path):
    """Two of one name, and one without a name, were collected by their numbers first."""
    twins = (1, "Marie Martin", "m1@u.fr", "-"), (2, "Marie Martin", "m2@u.fr", "-")
    source = zipped(tmp_path / "x.zip", (1, "Marie Martin"), (2, "Marie Martin"), (3, "Participant"))
    first = collect(course, "TP6", source)
    named = (3, "Ümit Özdemir", "umit@u.fr", "-")
    again = collect(course, "TP6", source, table(tmp_path / "r.csv", *twins, named))
    assert (again.new, sorted(again.unchanged)) == ([], sorted(first.new))
    assert students(course) == {
        "marie-martin-1": "Marie Martin",
        "marie-martin-2": "Marie Martin",
        "participant-3": "Ümit Özdemir",
    }
    assert register(course)["people"]["marie-martin-2"]["email"] == "m2@u.fr"


def test_canvass_short_names_and_the_table_that_is_given_later_are_the_same_people(course, tmp_path):
    files = {"legoffzoe_11_5_1_forward.ipynb": notebook("z"), "mbob_12_6_1_forward.ipynb": notebook("b")}
    source = archive(tmp_path / "x.zip", files)
    collect(course, "TP6", source)
    (tmp_path / "g.csv").write_text(
        'Student,ID,SIS User ID,SIS Login ID,Section,TP6 (7)\n"Le Goff, Zoé",11,S1,zoe,A,\n"M, Bob",12,S2,bob,A,\n'
    )
    assert collect(course, "TP6", source, tmp_path / "g.csv").new == []
    assert students(course) == {"legoffzoe": "Zoé Le Goff", "mbob": "Bob M"}


def test_whom_an_instructor_entered_by_hand_is_the_one_who_hands_in(course, tmp_path):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "nlp") as gradebook:
        gradebook.add_student("p.martin", first_name="Paul", last_name="MARTIN", email="paul@u.fr")
    roster = table(tmp_path / "r.csv", (1, "Paul Martin", "Paul@u.fr", "-"))
    assert collect(course, "TP6", zipped(tmp_path / "x.zip", (1, "Paul Martin")), roster).new == ["p.martin"]
    assert students(course) == {"p.martin": "Paul MARTIN"}


def test_another_number_in_the_same_assignment_is_told(course, tmp_path):
    collect(course, "TP6", zipped(tmp_path / "x.zip", (1, "Zoé Le Goff")))
    assert collect(course, "TP6", zipped(tmp_path / "y.zip", (501, "Zoé Le Goff"))).renumbered == ["zoe-le-goff"]


def test_a_table_that_spells_names_otherwise_is_of_the_same_people(course, tmp_path):
    source = zipped(tmp_path / "x.zip", (1, "Zoe Legoff"), (2, "Nguyen Dang"))
    first = collect(course, "TP6", source)
    roster = table(tmp_path / "r.csv", (1, "LE GOFF Zoé", "zoe@u.fr", "-"), (2, "Đặng Nguyễn", "dang@u.fr", "-"))
    again = collect(course, "TP6", source, roster)
    assert (again.new, sorted(again.unchanged)) == ([], sorted(first.new))
    assert students(course) == {"zoe-legoff": "LE GOFF Zoé", "nguyen-dang": "Đặng Nguyễn"}


@pytest.mark.parametrize(
    "text",
    [
        "N° étudiant;Nom;Prénom;Courriel\n7;Le Goff;Zoé;zoe@u.fr\n8;M;Bob;bob@u.fr\n",
        "Nom;Prénom\nLe Goff;Zoé\nM;Bob\n",
        "Name,Email\nZoé Le Goff,zoe@u.fr\nBob M,bob@u.fr\n",
    ],
)
def test_a_schools_own_list_of_the_class(course, tmp_path, text):
    (tmp_path / "list.csv").write_bytes(text.encode("cp1252"))
    collected = collect(course, "TP6", zipped(tmp_path / "x.zip", (1, "Zoé Le Goff")), tmp_path / "list.csv")
    assert (collected.strangers, collected.absent) == ([], ["bob-m"])


@pytest.mark.parametrize("column", ["Courriel", "N° étudiant", "ID"])
def test_a_row_with_an_empty_cell_keeps_its_name(course, tmp_path, column):
    rows = ("LE GOFF;Zoé;etu1@u.fr", "HADDAD;Karim;", "DUPONT;Chloé;", "M;Bob;")
    (tmp_path / "list.csv").write_text("\n".join((f"Nom;Prénom;{column}", *rows)), "utf-8")
    source = zipped(tmp_path / "x.zip", (1, "Zoé Le Goff"), (2, "Karim Haddad"), (3, "Chloé Dupont"))
    collected = collect(course, "TP6", source, tmp_path / "list.csv")
    assert (collected.strangers, collected.absent) == ([], ["bob-m"])
    assert set(students(course)) == {"zoe-le-goff", "karim-haddad", "chloe-dupont", "bob-m"}


VIETNAMESE = ["Lê Minh Anh", "Nguyễn Văn An", "Phạm Thị Ngọc Ánh"]
FAMILY_FIRST = "Nom;Prénom\nLÊ;Minh Anh\nNGUYỄN;Văn An\nPHẠM;Thị Ngọc Ánh\nTRẦN;Thị Hoa\n"


def test_the_order_of_a_names_words_makes_nobody_two(course, tmp_path):
    (tmp_path / "list.csv").write_text(FAMILY_FIRST, "utf-8")
    source = zipped(tmp_path / "x.zip", *enumerate(VIETNAMESE, 1))
    collected = collect(course, "TP6", source, tmp_path / "list.csv")
    assert (collected.strangers, collected.absent) == ([], ["thi-hoa-tran"])
    assert len(students(course)) == 4
    later = collect(course, "TP6", zipped(tmp_path / "y.zip", *enumerate(VIETNAMESE, 70)))  # by name only
    assert (later.new, len(later.unchanged)) == ([], 3)


def test_a_list_with_the_family_name_first_that_is_given_later(course, tmp_path):
    source = zipped(tmp_path / "x.zip", *enumerate(VIETNAMESE, 1))
    collect(course, "TP6", source)
    (tmp_path / "list.csv").write_text(FAMILY_FIRST, "utf-8")
    collected = collect(course, "TP6", source, tmp_path / "list.csv")
    assert (collected.strangers, collected.absent, collected.new) == ([], ["thi-hoa-tran"], [])
    assert len(students(course)) == 4


@pytest.mark.parametrize(
    ("name", "row", "student"),
    [
        ("Trần Văn Đức", "TRAN;Van Duc", "tran-van-duc"),
        ("Søren Ørsted", "ORSTED;Soren", "soren-orsted"),
        ("Łukasz Wałęsa", "WALESA;Lukasz", "lukasz-walesa"),
        ("Laëtitia Lebœuf", "LEBOEUF;Laetitia", "laetitia-leboeuf"),
    ],
)
def test_letters_with_strokes_and_ligatures_make_nobody_two(course, tmp_path, name, row, student):
    source = zipped(tmp_path / "x.zip", (1, name))
    assert collect(course, "TP6", source).new == [student]
    (tmp_path / "list.csv").write_text(f"Nom;Prénom\n{row}\n", "utf-8")
    collected = collect(course, "TP6", source, tmp_path / "list.csv")
    assert (collected.unchanged, collected.strangers, collected.absent) == ([student], [], [])


@pytest.mark.parametrize(
    ("handing_in", "listed"),
    [
        (["Minh Anh Lê", "Lê Minh Anh"], ["Anh Lê Minh"]),  # whose row is it?
        (["Anh Lê Minh"], ["Minh Anh Lê", "Lê Minh Anh"]),  # which row is it?
    ],
)
def test_the_order_counts_where_two_could_be_meant(course, tmp_path, handing_in, listed):
    (tmp_path / "list.csv").write_text(
        "\n".join(("Nom complet;Groupe de TD", *(f"{one};A" for one in listed))), "utf-8"
    )
    source = zipped(tmp_path / "x.zip", *enumerate(handing_in, 1))
    collected = collect(course, "TP6", source, tmp_path / "list.csv")
    assert len(collected.strangers) == len(handing_in) == len(collected.new)


def test_whose_row_is_found_by_the_address_is_in_the_table(course, tmp_path):
    """Names are too different to tell; the worksheet had told the addresses before."""
    people = [(n, name, f"s{n}@u.fr", "-") for n, name in enumerate(VIETNAMESE, 1)]
    source = zipped(tmp_path / "x.zip", *enumerate(VIETNAMESE, 1))
    collect(course, "TP6", source, table(tmp_path / "r.csv", *people))
    rows = [f"{name.split()[0]};{name.split()[-1]};s{n}@u.fr\n" for n, name in enumerate(VIETNAMESE, 1)]
    (tmp_path / "list.csv").write_text("Nom;Prénom;Courriel\n" + "".join(rows), "utf-8")
    collected = collect(course, "TP6", source, tmp_path / "list.csv")
    assert (collected.strangers, collected.absent, collected.notes) == ([], [], [])
    assert len(students(course)) == 3


def test_a_table_whose_titles_are_not_known_is_refused(course, tmp_path):
    (tmp_path / "list.csv").write_text("Élève;Groupe de TD\nZoé Le Goff;A\n")
    with pytest.raises(TplibError, match=r"list\.csv has no column of names.* Its titles are 'Élève', 'Groupe de TD'"):
        collect(course, "TP6", zipped(tmp_path / "x.zip", (1, "Zoé Le Goff")), tmp_path / "list.csv")
    assert not (course / "submitted").exists()


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Lovelace, Ada", "Ada", "Lovelace"),
        ("Zoé Le Goff", "Zoé", "Le Goff"),
        ("Juan Carlos de la Cruz", "Juan Carlos", "de la Cruz"),
        ("Anne-Sophie VAN DER BERG", "Anne-Sophie", "VAN DER BERG"),
        ("Zoé LE GOFF", "Zoé", "LE GOFF"),
        ("Seán Ó Súilleabháin", "Seán", "Ó Súilleabháin"),
        ("Jean Paul Martin", "Jean Paul", "Martin"),
        ("J. R. R. Tolkien", "J. R. R.", "Tolkien"),
        ("Le Goff", "Le", "Goff"),  # no first name is left otherwise
        ("Plato", "", "Plato"),
        ("", "", ""),
    ],
)
def test_where_a_last_name_begins(name, first, last):
    assert first_and_last(name) == (first, last)


def test_an_instructors_line_between_the_names_stays(course, tmp_path):
    files = {"Jean Paul Martin_7_assignsubmission_file_/1_forward.ipynb": notebook("x")}
    collect(course, "TP6", archive(tmp_path / "1.zip", files))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("jean-paul-martin", first_name="Jean", last_name="Paul Martin")
    files = {"Jean Paul Martin_7_assignsubmission_file_/1_forward.ipynb": notebook("y")}
    collect(course, "TP6", archive(tmp_path / "2.zip", files))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert gradebook.find_student("jean-paul-martin").last_name == "Paul Martin"
