"""What a notebook's metadata says about its language, as far as a candidate may decide it."""

from __future__ import annotations

import re
from typing import Any

from tplib.autograde.messages.protocol import Message

WORD = re.compile(r"[\w.+ -]{1,40}(/[\w.+-]{1,40})?")
LANGUAGE = ("codemirror_mode", "file_extension", "mimetype", "name", "nbconvert_exporter", "pygments_lexer", "version")


def clean_language(info: Message) -> Message:
    """The few short words that nbclient writes about the language; pages are made after them."""
    clean: Message = {key: value for key, value in info.items() if key in LANGUAGE and is_word(value)}
    mode = info.get("codemirror_mode")
    if isinstance(mode, dict):
        clean["codemirror_mode"] = {"name": mode["name"]} if is_word(mode.get("name")) else {}
        if type(mode.get("version")) is int:
            clean["codemirror_mode"]["version"] = mode["version"]
    return clean if "name" in clean else {}


def is_word(value: Any) -> bool:
    return isinstance(value, str) and WORD.fullmatch(value) is not None
