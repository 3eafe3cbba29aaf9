"""The Hugging Face hub's copy of MNIST, rewritten as idx files, through the hub's own library."""

from __future__ import annotations

import hashlib
import io
import struct
import sys
import types
from dataclasses import replace

import numpy as np
import pytest

from tplib import TplibError, data
from tplib.data.registry import SETS
from tplib.data.sources import File, HubImages


def use_only_the_hub(monkeypatch, files: dict[str, bytes]) -> None:
    entries = tuple(File(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in files.items())
    hub = tuple(source for source in SETS["mnist"].sources if isinstance(source, HubImages))
    monkeypatch.setitem(SETS, "mnist", replace(SETS["mnist"], files=entries, sources=hub))


def test_parquet_images_become_mnists_own_files(cache, monkeypatch, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    image = pytest.importorskip("PIL.Image")
    rng = np.random.default_rng(0)
    files, tables = {}, {}
    for split, part, n in (("train", "train", 12), ("test", "t10k", 5)):
        pixels, classes = rng.integers(0, 256, (n, 28, 28), dtype=np.uint8), rng.integers(0, 10, n)
        rows = []
        for picture in pixels:
            out = io.BytesIO()
            image.fromarray(picture).save(out, "PNG")
            rows.append({"bytes": out.getvalue(), "path": None})
        tables[f"mnist/{split}-00000-of-00001.parquet"] = pyarrow.table({"image": rows, "label": classes})
        files[f"{part}-images-idx3-ubyte"] = struct.pack(">4I", 2051, n, 28, 28) + pixels.tobytes()
        files[f"{part}-labels-idx1-ubyte"] = struct.pack(">2I", 2049, n) + classes.astype(np.uint8).tobytes()
    use_only_the_hub(monkeypatch, files)

    def hf_hub_download(repo_id, filename, *, repo_type):
        assert (repo_id, repo_type) == ("ylecun/mnist", "dataset")
        where = tmp_path / filename.replace("/", "-")
        parquet.write_table(tables[filename], where)
        return str(where)

    monkeypatch.setitem(sys.modules, "huggingface_hub", types.SimpleNamespace(hf_hub_download=hf_hub_download))
    data.pull("mnist")
    assert {file.name: file.read_bytes() for file in (cache / "mnist").iterdir()} == files


def test_without_the_hubs_library(cache, monkeypatch):
    use_only_the_hub(monkeypatch, {"train-images-idx3-ubyte": b"x"})
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(TplibError, match="the hub needs the Python package 'huggingface_hub', which is not installed"):
        data.pull("mnist")
