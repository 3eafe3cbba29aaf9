"""Hands in archives whose members lead out of the folder: up, from the root, through a link, and a bomb."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook

MEMBERS = ("../../../planted.txt", "/var/tmp/planted-by-attack", "..\\..\\planted.txt", "header.json", "0")


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    write_notebook(folder / "task.ipynb", notebook)
    with zipfile.ZipFile(folder / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in MEMBERS:
            archive.writestr(zipfile.ZipInfo(name), "planted")
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc")
        archive.writestr("bomb", bytes(64 << 20))
    with tarfile.open(folder / "data.tar", "w") as tar:
        for name in MEMBERS:
            info = tarfile.TarInfo(name)
            info.size = 7
            tar.addfile(info, io.BytesIO(b"planted"))
