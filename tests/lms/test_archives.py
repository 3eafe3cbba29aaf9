"""What an archive holds besides notebooks: archives, litter, what is broken or hostile."""

import pytest
from platforms import archive, handed_in, notebook, zipped

from tplib import TplibError
from tplib.lms.collect import collect


def test_an_empty_folder_is_told_by_its_students_name(course, tmp_path):
    files = {
        "Ada Lovelace_7_assignsubmission_file_/1_forward.ipynb": notebook("a"),
        "Ada Lovelace_7_assignsubmission_file_/data/": b"",
        "Zoé Martin_8_assignsubmission_file_/": b"",
    }
    collected = collect(course, "TP6", archive(tmp_path / "x.zip", files))
    assert collected.new == ["ada-lovelace"]
    assert collected.notes == ["Zoé Martin: the folder is empty, nothing is in it to grade"]


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
