"""Who is alike: planted pairs are found, chance and guided answers are not, and groups are no chains."""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from tplib.autograde.reports import overlap
from tplib.autograde.reports.likeness import SharedMistake, groups, rare_mistakes, unlikely_pairs
from tplib.autograde.reports.overlap import LONGEST, Overlap, Overlaps, overlaps, released_code, shortened

CLASS = 100


def dealt_by_chance(seed: int) -> dict[str, set[str]]:
    """Mistakes of a class whose students work apart: 40 exercises, 6 mistakes each, some students weaker."""
    chance = random.Random(seed)
    made: dict[str, set[str]] = {}
    for number in range(CLASS):
        weakness = chance.betavariate(2, 6)
        wrong = [exercise for exercise in range(40) if chance.random() < weakness]
        made[f"s{number:03}"] = {f"{exercise}-{min(5, int(chance.paretovariate(0.8)) - 1)}" for exercise in wrong}
    return made


def shared(made: dict[str, set[str]]) -> list[SharedMistake]:
    by_name = defaultdict(list)
    for student, mistakes in made.items():
        for mistake in mistakes:
            by_name[mistake].append(student)
    return [SharedMistake("first", name, name, tuple(sorted(who))) for name, who in sorted(by_name.items())]


def pairs_of(made: dict[str, set[str]]) -> set[tuple[str, str]]:
    wrong = {student: len(mistakes) for student, mistakes in made.items()}
    return set(unlikely_pairs(rare_mistakes(shared(made), CLASS), wrong, CLASS))


def test_chance_names_few_pairs_and_a_copied_submission_is_found() -> None:
    by_chance, found = [], 0
    for seed in range(20):
        made = dealt_by_chance(seed)
        by_chance.append(len(pairs_of(made)))
        rare = [mistake for mistake in shared(made) if len(mistake.students) <= 3]
        author = max(made, key=lambda student: sum(student in mistake.students for mistake in rare))
        copier = min(made, key=lambda student: len(made[student]))
        made[copier] = set(made[author])
        found += tuple(sorted((author, copier))) in pairs_of(made)
    assert sum(by_chance) / len(by_chance) <= 2
    assert found >= 18


def test_frequent_mistakes_and_one_shared_mistake_say_nothing() -> None:
    everybody = {f"s{number}": {"1", "2", "3", "4"} for number in range(CLASS)}
    assert pairs_of(everybody) == set()
    once = {f"s{number}": {f"own {number // 2}"} for number in range(CLASS)}
    assert pairs_of(once) == set()


def test_groups_are_no_chains_and_both_signs_come_first() -> None:
    def alike(one: str, other: str, share: float = 0.8) -> Overlap:
        return Overlap("first", (one, other), 500, share)

    ring = [alike("a", "b"), alike("a", "c"), alike("b", "c", 0.9)]
    chain = [alike("c", "d"), alike("d", "e")]
    mistake = SharedMistake("first", "relu", "negated", ("x", "y"))
    found = groups({("x", "y"): [mistake, mistake]}, [*ring, *chain, alike("x", "y", 0.6)])
    assert [group.students for group in found] == [["x", "y"], ["a", "b", "c"], ["c", "d"], ["d", "e"]]
    assert found[1].shares == [("first", 80, 90)]


def function(name: str, seed: int, variable: str) -> str:
    """A function of twelve lines whose computation depends on `seed` alone."""
    chance = random.Random(seed)
    signs = ("+", "-", "*", "/", "//", "%", "**", "@")
    calls = ("np.exp", "np.log", "np.sqrt", "np.abs", "sum", "max", "min", "len")
    lines = []
    for i in range(1, 12):
        numbers = [chance.randrange(10**6) for _ in range(3)]
        term = f"{chance.choice(calls)}({variable}{i - 1} {chance.choice(signs)} {numbers[0]})"
        lines.append(f"    {variable}{i} = {term} {chance.choice(signs)} {numbers[1:]}")
    return "\n".join([f"def {name}({variable}0):", *lines, f"    return {variable}11"])


def test_copied_code_is_found_under_other_names_and_what_was_given_is_not() -> None:
    given, guided = function("given", 1, "g"), function("guided", 2, "w")
    answers = {}
    for number in range(12):
        renamed = guided.replace("w", f"w{number}_")
        answers[f"s{number}"] = {"given": given, "guided": renamed, "own": function("own", 10 + number, "v")}
    answers["copier"] = {"given": given, "own": "# mine\n\n" + function("mine", 13, "other_name")}
    found = overlaps({"first": answers}, {"first": given})
    assert found.reason == ""
    assert [pair.students for pair in found.found] == [("copier", "s3")]
    assert found.found[0].share > 0.9


ANSWERS = Path(__file__).parents[2] / "exercises" / "answers" / "TP7-LSTM" / "2_recurrent"
RELEASE = Path(__file__).parents[3] / "release" / "TP7-LSTM"


def written_apart() -> dict[str, list[str]]:
    """By exercise, the answers of people who did not know each other's."""
    parts = {
        path.stem: re.split(r"^# %%.*$", path.read_text("utf-8"), flags=re.MULTILINE)[1:] for path in ANSWERS.iterdir()
    }
    return {
        name: [re.sub(r"^#.*$", "", text, flags=re.MULTILINE).strip() for text in texts]
        for name, texts in parts.items()
    }


def stubs() -> dict[str, str]:
    """By exercise, its cell as it was released, with a docstring of several lines."""
    cells = json.loads((RELEASE / "2_recurrent.ipynb").read_text("utf-8"))["cells"]
    return {cell["id"][7:]: "".join(cell["source"]) for cell in cells if cell["id"].startswith("answer-")}


def class_of_people(size: int, seed: int) -> dict[str, dict[str, str]]:
    """Who writes two thirds of the notebook: a form that many find, or one of their own. The rest stays as released."""
    chance, given = random.Random(seed), stubs()
    texts = {name: found[:1] + chance.sample(found[1:], len(found) - 1) for name, found in written_apart().items()}
    people: dict[str, dict[str, str]] = {}
    for number in range(size):
        mine = dict(given)
        for name, forms in texts.items():
            if chance.random() < 0.65:
                text = forms.pop() if len(forms) > 1 and chance.random() < 0.6 else forms[0]
                head, _, body = text.partition("\n")
                documented = given[name].partition("\n")[2].partition("    # YOUR CODE HERE")[0]
                mine[name] = f"{head}\n{documented}{body}"
        people[f"s{number:02}"] = mine
    return people


def with_other_names(text: str) -> str:
    own = sorted(set(re.findall(r"^ +(\w+) = ", text, flags=re.MULTILINE)))
    for number, name in enumerate(own):
        text = re.sub(rf"(?<![\w.]){name}\b(?!=)", f"mine_{number}", text)
    return "# my own idea\n" + text


def test_nobody_is_alike_where_nobody_copied_and_a_copy_with_other_names_is_found() -> None:
    released = released_code(RELEASE)["2_recurrent"]
    classes = {f"{size} {seed}": class_of_people(size, seed) for size, seed in ((11, 0), (11, 1), (11, 2), (30, 0))}
    given = dict.fromkeys(classes, released)
    classes["no release"] = classes["11 1"]
    authors = {}
    for name in ("11 0", "30 0"):
        people = dict(classes[name])
        holders = Counter(text for texts in people.values() for text in texts.values())
        author = max(people, key=lambda one: sum(holders[text] == 1 for text in people[one].values()))
        people["copier"] = {exercise: with_other_names(text) for exercise, text in people[author].items()}
        classes[f"{name} copied"], given[f"{name} copied"], authors[f"{name} copied"] = people, released, author
    found = overlaps(classes, given)
    assert found.reason == ""
    assert {pair.notebook: pair.students for pair in found.found} == {
        name: ("copier", author) for name, author in authors.items()
    }
    assert len(found.found) == 2
    assert min(pair.share for pair in found.found) > 0.9


def test_who_share_no_answer_are_not_alike() -> None:
    """Short answers to different exercises beside many that were left as they were released."""
    given = stubs()
    texts = {name: found[0] for name, found in written_apart().items()}
    people = {
        "chloe": {**given, "clip_by_norm": texts["clip_by_norm"]},
        "søren": {**given, "clip_by_value": texts["clip_by_value"], "rnn_cell": texts["rnn_cell"]},
        "noel": {**given, "clip_by_norm": texts["clip_by_norm"], "gru_cell": texts["gru_cell"]},
    }
    assert overlaps({"2_recurrent": people, "no release": people}, released_code(RELEASE)) == Overlaps([])


def test_what_stops_the_comparison_is_a_reason_and_no_error(monkeypatch) -> None:
    one = {"first": {"ada": {"own": "x = 1"}}}
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/no/such/python")
        assert overlaps(one, {}) == Overlaps([], "No such file or directory")
    with monkeypatch.context() as patch:
        patch.setattr(overlap, "SECONDS", 0.0)
        assert overlaps(one, {}).reason == "it took more than 0.0 s"


def test_hostile_text_is_cut_and_stops_nothing() -> None:
    assert shortened({"one": "a" * LONGEST, "two": "b"}) == {"one": "a" * LONGEST}
    odd = {"ada": {"own": "def (((\n\x00\udc80'''"}, "bob": {"own": "\\" * 5000}, "eve": {"own": ""}}
    found = overlaps({"first": odd, "second": {"ada": {"own": "x = 1"}}, "third": {}}, {"first": "%magic"})
    assert (found.found, found.reason) == ([], "")
