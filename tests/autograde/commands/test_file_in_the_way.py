"""A file that lies where a student's graded copies go costs this student only."""

from plain_course import cells_of


def test_the_others_are_graded_and_the_file_stays(plain):
    plain.source(p=cells_of("# test\nassert True"))
    for student in ("amy", "bob", "cleo"):
        plain.hand_in(student)
    (plain.root / "autograded").mkdir()
    (plain.root / "autograded/bob").write_text("mine")
    result = plain.grade()
    told = " ".join((result.stdout + result.stderr).split())
    assert result.exit_code == 1, told
    assert "autograded/bob is a file, where a folder is needed" in told
    assert "Move that file away, then run the same command again" in told
    assert [plain.scores(student) for student in ("amy", "cleo")] == [{"test-0": 1.0}] * 2
    assert (plain.root / "autograded/bob").read_text() == "mine"
    (plain.root / "autograded/bob").unlink()
    assert plain.grade().exit_code == 0
    assert plain.scores("bob") == {"test-0": 1.0}
