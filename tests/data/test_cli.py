"""`tp data`: exit codes, sentences instead of tracebacks, and what each command prints."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from tplib.data.cards import CARDS
from tplib.data.cli import app
from tplib.data.registry import SETS


def tp_data(*arguments: str):
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_list_as_a_table(cache):
    result = tp_data("list")
    assert result.exit_code == 0
    for name in SETS:
        assert name in result.stdout
    assert "embedded" in result.stdout


def test_list_as_json(poem, cache):
    rows = {row["name"]: row for row in json.loads(tp_data("list", "--json").stdout)}
    assert set(rows) == set(SETS)
    assert rows["digits"]["cached"]
    assert not rows["poem"]["cached"]
    assert all(row["licence"] and row["citation"] and row["size"] for row in rows.values())
    tp_data("pull", "poem")
    rows = {row["name"]: row for row in json.loads(tp_data("list", "--json").stdout)}
    assert rows["poem"]["cached"]


def test_every_set_has_a_card():
    assert set(SETS) <= set(CARDS)
    for name, dataset in SETS.items():
        result = tp_data("card", name)
        assert result.exit_code == 0
        shown = " ".join(result.stdout.split())
        for title in ("origin", "licence", "languages", "annotators", "known faults", "cite"):
            assert f"{title}: " in shown
        assert " ".join(dataset.origin.split()) in shown
        assert len(CARDS[name].faults) >= 2
        assert all(fault in shown for fault in CARDS[name].faults)


def test_a_card_of_an_unknown_set_is_a_sentence():
    result = tp_data("card", "snipets")
    assert result.exit_code == 1
    assert "There is no data set 'snipets'. Did you mean 'snippets'?" in result.stderr


def test_pull_then_pull_again(poem, cache):
    first, second = tp_data("pull", "poem"), tp_data("pull", "poem")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "poem: pulled, checked" in first.stdout
    assert "poem: was there already, checked" in second.stdout


def test_pull_goes_on_after_a_failure(poem, cache, monkeypatch):
    monkeypatch.setitem(
        SETS, "lost", replace(poem, name="lost", sources=(replace(poem.sources[0], project="x", filename="x-1"),))
    )
    result = tp_data("pull", "lost", "poem")
    assert result.exit_code == 1
    assert "'lost' could not be pulled" in result.stderr
    assert "poem: pulled, checked" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("pull", "snipets"), "There is no data set 'snipets'. Did you mean 'snippets'?"),
        (("verify", "mnits"), "Did you mean 'mnist'"),
        (("pull",), "Name the data sets or assignments to pull, or give --course"),
        (("pull", "digits", "--all"), "Name the data sets or assignments to pull, or give --course"),
    ],
)
def test_what_a_user_can_get_wrong(arguments, sentence, cache):
    result = tp_data(*arguments)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""


def test_no_network_is_a_sentence(poem, cache, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    result = tp_data("pull", "poem")
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    assert "Check the network" in result.stderr


def test_verify_names_what_is_damaged_and_the_cure(poem, cache):
    assert "poem: not pulled" in tp_data("verify").stdout
    tp_data("pull", "poem")
    assert "poem: intact" in tp_data("verify").stdout
    file = cache / "poem" / "poem.txt"
    file.write_bytes(file.read_bytes()[:-1])
    result = tp_data("verify")
    assert result.exit_code == 1
    assert f"{file} is damaged" in result.stderr
    assert "run `tp data pull poem`" in result.stderr
    assert "digits: intact" in result.stdout


def test_verify_of_a_named_set_that_was_not_pulled_fails(poem, cache):
    result = tp_data("verify", "poem")
    assert result.exit_code == 1
    assert "is missing: run `tp data pull poem`" in result.stderr
