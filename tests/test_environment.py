"""environment.yml is the conda twin of the students' set in pyproject.toml."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"torch": "pytorch"}


def test_same_names_and_ranges() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {f"python{project['requires-python']}"}
    for requirement in project["dependencies"] + project["optional-dependencies"]["notebooks"]:
        name, versions = re.fullmatch(r"([A-Za-z0-9_-]+)(.*)", requirement).groups()
        wanted.add(CONDA_NAMES.get(name, name) + versions)
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert {entry for entry in listed if isinstance(entry, str)} == wanted | {"pip"}
    assert {"pip": ["-e ."]} in listed


def test_constraints_fix_every_direct_dependency() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    sets = [settings["project"]["dependencies"], *settings["project"]["optional-dependencies"].values()]
    requirements = [r for group in [*sets, *settings["dependency-groups"].values()] for r in group]
    names = {re.match(r"[A-Za-z0-9_-]+", r).group().lower() for r in requirements} - {"tplib"}
    text = (ROOT / "constraints.txt").read_text()
    assert names <= set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    assert "://" not in text  # from whichever index pip is set up with
