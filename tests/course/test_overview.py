"""A new exercise reaches the plan and the README's table by the build."""

from dataclasses import replace
from pathlib import Path

from tplib.course.additions import title
from tplib.course.overview import overview_differences, readme, schedule, write_overviews
from tplib.graders import exercises, registry

ROOT = Path(__file__).parents[2]
PLAN = (ROOT / "course" / "schedule.md").read_text(encoding="utf-8")


def test_ours_are_up_to_date():
    assert overview_differences(ROOT, exercises()) == []


def test_a_new_exercise_comes_at_the_end_of_its_cell():
    relu = registry.find("relu")
    new = [replace(relu, name="first_new"), replace(relu, name="second_new", at_home=True)]
    plan = schedule(PLAN, [*exercises(), *new])
    assert [line for line in plan.splitlines() if line not in PLAN.splitlines()] == [
        next(line for line in PLAN.splitlines() if line.startswith("| `1_forward` |"))
        .replace("`softmax` | 30", "`softmax`, `first_new` | 30")
        .replace("`softmax_jacobian` | 45", "`softmax_jacobian`, `second_new` | 45")
    ]
    assert schedule(plan, [*exercises(), *new]) == plan
    assert title(new[1]) == "### Exercise `second_new` (1 point), at home"


def test_the_table_counts_them(tmp_path: Path):
    table = "| TP6-TrainFFNN | `1_forward` | 62 | 175, 515 |\n| Other | `1_x` | 3 | 1, 2 |\n"
    new = replace(registry.find("relu"), name="first_new")
    assert readme(table, [*exercises(), new]) == table.replace("62", "63")
    (tmp_path / "README.md").write_text(table)
    assert write_overviews(tmp_path, [*exercises(), new]) == [Path("README.md")]
    assert write_overviews(tmp_path, [*exercises(), new]) == []
    assert overview_differences(tmp_path, exercises()) == ["README.md does not name all exercises, or their number"]
