"""The shell commands of README.md, CONTRIBUTING.md and docs/: where each stands, and what its words must be."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PROGRAMS = {
    *("conda", "docker", "jupyter", "make", "nbgrader", "pip", "podman"),
    *("pre-commit", "pytest", "python", "srun", "torchrun", "tp", "uv"),
}
SHELLS = ("cd", "cp", "mkdir")
# Blocks of other things: the first words of their first lines.
NO_SHELL = ("[project", "cli", "tp grade                        coordinator", "jobqueue:", "┌", "│", "course/")
SETTING = re.compile(r"[A-Z_]+=\S*")


@dataclass(frozen=True)
class Command:
    """One command: where it stands, its settings of the environment, and its words without the path of the program."""

    where: str
    settings: tuple[str, ...]
    words: tuple[str, ...]
    example: bool  # to be typed as it stands, and not only named in a sentence

    @property
    def text(self) -> str:
        return shlex.join([*self.settings, *self.words])


def documented() -> list[Command]:
    """All commands of all pages. ValueError for a block that is neither Python nor known as something else."""
    return [command for page in PAGES for command in [*_in_blocks(page), *_in_sentences(page)]]


def _in_blocks(page: Path) -> Iterator[Command]:
    for number, block in _blocks(page.read_text(encoding="utf-8")):
        where = f"{page.relative_to(ROOT).as_posix()}:{number}"
        lines = "\n".join(block).replace("\\\n", " ").splitlines()
        if block[0].startswith("$ "):  # with what they print
            lines = [line[2:] for line in lines if line.startswith("$ ")]
        found = [command for line in lines for command in _commands(where, line, example=True)]
        found = [command for command in found if command.words[0] not in SHELLS]
        if all(command.words and command.words[0] in PROGRAMS for command in found) and found:
            yield from found
        elif not block[0].startswith(NO_SHELL) and not _is_python(block):
            raise ValueError(f"{where}: {block[0]!r} begins with no program of PROGRAMS, and the block is no Python")


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, lines) of each block of code, indented by four or fenced."""
    block: list[str] = []
    fenced, start = False, 0
    lines = text.splitlines()
    for number, line in enumerate([*lines, "the end"], 1):
        if line.startswith("```"):
            fenced = not fenced
            continue
        before = lines[number - 2] if number > 1 else ""
        if fenced or (line.startswith("    ") and (block or not before.strip())):
            start = start if block else number
            block.append(line if fenced else line[4:])
        elif block and not line.strip() and number < len(lines) and lines[number].startswith("    "):
            block.append("")
        elif block:
            yield start, block
            block = []


def _in_sentences(page: Path) -> Iterator[Command]:
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        for text in re.findall(r"(?<!`)`([^`]+)`(?!`)", "" if line.startswith("    ") else line):
            where = f"{page.relative_to(ROOT).as_posix()}:{number}"
            first = re.split(r"[ =]", text)[0]
            if first in PROGRAMS or (SETTING.match(text) and " " in text):
                for command in _commands(where, text, example=False):
                    named = len(
                        [
                            word
                            for word in command.words[1:]
                            if not word.replace("-", "").isalpha() or not word.islower()
                        ]
                    )
                    yield Command(where, command.settings, command.words, named > 0)


def _commands(where: str, line: str, example: bool) -> Iterator[Command]:
    """The commands of a line, which `&&` may separate."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError:  # a quotation mark of a sentence: no shell
        words = ["no shell"] if line.strip() else []
    while words:
        end = words.index("&&") if "&&" in words else len(words)
        one, words = words[:end], words[end + 1 :]
        settings = one[: _settings(one)]
        rest = one[len(settings) :]
        if rest:
            yield Command(where, tuple(settings), (rest[0].removeprefix(".venv/bin/"), *rest[1:]), example)


def _settings(words: list[str]) -> int:
    return next((i for i, word in enumerate(words) if not SETTING.fullmatch(word)), len(words))


def _is_python(block: list[str]) -> bool:
    try:
        ast.parse("\n".join(block))
    except SyntaxError:
        return False
    return True
