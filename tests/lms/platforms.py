"""Classes that hand in by the formats that learning platforms document."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

FIRST = (
    "Zoé",
    "Marie-Hélène",
    "Nguyễn",
    "李",
    "Ada",
    "Jean Paul",
    "Anne",
    "Łukasz",
    "O'Brien",
    "Søren",
    "Inès",
    "Đặng",
)
LAST = ("Lefèvre", "Martin", "de la Cruz", "Müller", "雷", "Le Goff", "Ñuñez", "Sağlam", "Dupont", "Ó Súilleabháin")
NOTEBOOKS = ("1_forward", "2_losses")
ROSTER = (  # Moodle's, of two people of one name
    "\ufeffIdentifiant,Nom complet,Adresse de courriel,Statut,Groupe,Note,Note maximale,"
    "La note peut être modifiée,Dernière modification (travail remis),Dernière modification (note)\n"
    'Participant 11,"Marie Martin",marie1@u.fr,Remis pour évaluation,Les Perceptrons,,"100,00",Oui,'
    '"jeudi 12 novembre 2026, 15:04",-\n'
    'Participant 12,"Marie Martin",marie2@u.fr,Remis pour évaluation,Les Perceptrons,,"100,00",Oui,-,-\n'
)


def notebook(text: str) -> bytes:
    return writes(new_notebook(cells=[new_code_cell(f"answer = {text!r}", id="a")])).encode()


def class_of(count: int, seed: int = 0) -> list[tuple[str, int]]:
    """Full names with accents and spaces, some of them twice, and the numbers of their submissions."""
    rng = random.Random(seed)
    return [
        (f"{rng.choice(FIRST)} {rng.choice(LAST)}", 900_000 + number) for number in rng.sample(range(99_999), count)
    ]


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 11, 12, 15, 4, 0)), content)
    return path


def zipped(files: dict[str, bytes | str]) -> bytes:
    """An archive that lies in another one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
    return content.getvalue()


def handed_in(course: Path, assignment: str = "TP6") -> dict[str, dict[str, bytes]]:
    """What lies in submitted/: for each id its files, without the times."""
    found: dict[str, dict[str, bytes]] = {}
    for folder in sorted((course / "submitted").glob(f"*/{assignment}")):
        files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        files.pop("timestamp.txt", None)
        found[folder.parent.name] = files
    return found


def register(course: Path) -> dict:
    return json.loads((course / ".tplib" / "people.json").read_text("utf-8"))
