"""docs/architecture.md names every folder of the package, and none that is not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def rooms(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/__init__.py")}


@pytest.mark.parametrize(
    ("heading", "folder"), [("## All rooms", ""), ("### `autograde/`", "autograde"), ("### `nn/`", "nn")]
)
def test_every_room_has_its_line(heading: str, folder: str) -> None:
    section = re.split(r"^##+ ", PAGE.split(heading, 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    assert set(re.findall(r"^\| `(\w+)/` \|", section, flags=re.MULTILINE)) == rooms(ROOT / "src" / "tplib" / folder)


def test_the_modules_that_it_names_are_there() -> None:
    named = {name for name in re.findall(r"`([a-z_]+/[a-z_]+)`", PAGE) if not name.startswith("src/")}
    missing = [
        name for name in sorted(named) if not any((ROOT / "src/tplib").glob(f"{part}{name}.py") for part in ("", "*/"))
    ]
    assert named
    assert missing == []
