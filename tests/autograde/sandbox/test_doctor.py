"""`tp doctor`: what is there, what to do for what is not, and the exit code."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from tplib.autograde.attacks import Row
from tplib.autograde.sandbox import Offer, doctor
from tplib.autograde.sandbox.cgroup import Room
from tplib.cli import app


def run(monkeypatch, *parts: Offer, problem: str | None = None):
    monkeypatch.setattr("tplib.autograde.sandbox.offers", lambda: list(parts))
    monkeypatch.setattr("tplib.autograde.sandbox.problem", lambda: problem)
    monkeypatch.setenv("COLUMNS", "300")
    return CliRunner().invoke(app, ["doctor", "--grading"])


def test_everything_is_there(monkeypatch):
    result = run(monkeypatch, Offer("user namespace", True, "new one"))
    assert result.exit_code == 0, result.output
    assert "`tp grade` can grade here" in result.output
    for part in ("sandbox", "nbgrader", "alembic", "cores", "memory", "data", "kernels", "Dask", "PostgreSQL driver"):
        assert part in result.output


def test_no_sandbox_is_said_with_the_way_out(monkeypatch):
    parts = Offer("user namespace", False, "refused"), Offer("all together", False, "no")
    result = run(monkeypatch, *parts, problem="Use --sandbox off.")
    assert result.exit_code == 1
    assert result.output.count("Use --sandbox off.") == 1
    assert "`tp grade` would refuse here" in result.output


def test_what_is_optional_does_not_refuse(monkeypatch):
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: object() if name == "nbgrader" else None)
    findings = doctor._optional()
    assert {finding.state for finding in findings} == {"optional"}
    assert not doctor.refuses(findings)
    assert all("pip install" in finding.way_out for finding in findings)


def test_little_memory_is_said(monkeypatch):
    monkeypatch.setattr(doctor, "memory_room", lambda: None)
    monkeypatch.setattr(doctor.Path, "read_text", lambda self, **_: "MemTotal: 9 kB\nMemAvailable:    1048576 kB\n")
    assert (doctor._memory().state, doctor._memory().seen) == ("optional", "1.0 GiB free")


def test_a_containers_limit_is_said_where_the_machine_has_more(monkeypatch):
    monkeypatch.setattr(doctor.Path, "read_text", lambda self, **_: "MemTotal: 9 kB\nMemAvailable: 99999999 kB\n")
    monkeypatch.setattr(doctor, "memory_room", lambda: Room(limit=2 << 30, left=3 << 29))
    finding = doctor._memory()
    assert (finding.state, finding.seen[:30]) == ("optional", "1.5 GiB left of the 2.0 GiB th")


@pytest.mark.parametrize("withstood", [True, False])
def test_attacks_in_a_table(monkeypatch, withstood):
    rows = [Row("fork_bomb", "Forks.", "0 points", withstood), Row("(the others)", "Right answers.", "unharmed", True)]
    monkeypatch.setattr("tplib.autograde.attacks.run_attacks", lambda on_progress: rows)
    result = CliRunner().invoke(app, ["doctor", "--attacks"])
    assert result.exit_code == (0 if withstood else 1), result.output
    assert "fork_bomb" in result.output
    assert ("All 1 were withstood" if withstood else "Not withstood: fork_bomb") in result.output
