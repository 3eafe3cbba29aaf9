"""axe-core, which knows what keeps people out of a page (WCAG and best practices), from npm, kept in build/."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tplib.files import write_atomically

KEPT = Path(__file__).parents[2] / "build" / "axe" / "axe.min.js"
AXE = "axe-core@4.11"


def axe_script() -> str:
    if not KEPT.exists():
        if shutil.which("npm") is None:
            pytest.skip("needs npm, from which axe-core comes; on Debian: apt-get install npm")
        with tempfile.TemporaryDirectory() as scratch:
            subprocess.run(["npm", "pack", AXE, "--silent"], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
            [package] = Path(scratch).glob("axe-core-*.tgz")
            with tarfile.open(fileobj=io.BytesIO(package.read_bytes())) as archive:
                content: Any = archive.extractfile("package/axe.min.js")
                write_atomically(KEPT, content.read())  # other test processes may want it
    return KEPT.read_text(encoding="utf-8")


def findings(page: Page, inside: str | None = None) -> list[str]:
    """What axe-core finds in a page, or in what a selector finds there, a line each.

    The page's browser context must be made with bypass_csp=True where the page has a security policy.
    """
    page.evaluate(axe_script())
    where = f"{{include: [[{json.dumps(inside)}]]}}" if inside else "document"
    found = page.evaluate(f"axe.run({where}, {{resultTypes: ['violations']}})")
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]
