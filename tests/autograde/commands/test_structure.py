"""A course whose folders lie otherwise, as c.CourseDirectory.directory_structure says."""

from __future__ import annotations

import shutil

import pytest
from plain_course import cells_of


@pytest.mark.parametrize("structure", ["{assignment_id}/{nbgrader_step}/{student_id}"])
def test_folders_may_lie_as_the_configuration_says(plain, structure):
    (plain.root / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.directory_structure = {structure!r}\n"
    )
    plain.source(p=cells_of("x = 1", "# test 1\nassert x == 1"))
    plain.hand_in()

    def move(before: str, step: str, student: str) -> None:
        place = plain.root / structure.format(assignment_id="ps1", nbgrader_step=step, student_id=student)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(plain.root / before, place)
        shutil.rmtree(plain.root / step, ignore_errors=True)

    move("source/ps1", "source", ".")
    move("submitted/amy/ps1", "submitted", "amy")
    graded = plain.grade()
    assert graded.exit_code == 0, graded.output
    assert plain.scores() == {"test-1": 1}
    assert plain.tp("feedback", "ps1", "--course", plain.root).exit_code == 0
    assert (plain.root / "ps1/autograded/amy/p.ipynb").exists()
    assert (plain.root / "ps1/feedback/amy/p.html").exists()
    assert {path.name for path in plain.root.iterdir() if path.is_dir() and path.name[0] != "."} == {"ps1"}
    unknown = plain.tp("grade", "ps2", "--course", plain.root)
    assert "did you mean ps1?" in unknown.output
