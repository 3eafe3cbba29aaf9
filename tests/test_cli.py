"""What `tp` itself says, whatever the command."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tplib import TplibError, __version__
from tplib.autograde.sandbox import doctor
from tplib.cli import app
from tplib.demo.cli import scratch

ROOT = Path(__file__).parents[1]


def tp(*words: str):
    return CliRunner().invoke(app, words)


def test_the_version_in_both_ways():
    assert tp("--version").output == tp("version").output == f"{__version__}\n"
    assert tp("--version").exit_code == 0


def test_a_cluster_that_is_none_is_refused_before_anything_is_looked_at(tmp_path):
    result = tp("grade", "ps1", "--course", str(tmp_path), "--cluster", "nonsense")
    assert result.exit_code == 1
    assert "--cluster nonsense: expected local, slurm or a scheduler's address" in result.output


def test_a_demo_that_cannot_be_written_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine")
    monkeypatch.chdir(ROOT)
    with pytest.raises(
        TplibError,
        match=r"file is a file, not a folder[.] .*, with --folder",
    ):
        scratch(tmp_path / "file" / "demo")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tplib.demo.cli.shutil.copy", full)
    with pytest.raises(TplibError, match=r"no room left on the disk[.] Make room, or name a folder"):
        scratch(tmp_path / "demo")


def test_what_doctor_says_of_data_can_be_typed(monkeypatch):
    """Each command in backquotes is one that `tp data pull` takes."""
    pulled = []
    monkeypatch.setattr("tplib.data.cache.is_cached", lambda name: name not in ("digits", "brown"))
    (found,) = doctor._data()
    command = found.way_out.split("`")[1].split()
    monkeypatch.setattr("tplib.data.cli.pull", lambda name: pulled.append(name) or Path())
    assert tp(*command[1:]).exit_code == 0
    assert pulled == ["digits", "brown"]


def test_feedback_that_could_not_be_written_is_a_failure(monkeypatch):
    from tplib.autograde.reports import feedback

    outcome = feedback.Feedback("feedback/*", ["ada"], {"bob": "No space left on device"})
    monkeypatch.setattr(feedback, "write_feedback", lambda *args, **options: outcome)
    result = tp("feedback", "ps1")
    assert (result.exit_code, "bob: no feedback: No space left on device" in result.output) == (1, True)
    outcome.failed.clear()
    assert tp("feedback", "ps1").exit_code == 0
