"""axe-core, which knows what keeps people out of a page (WCAG and best practices), from npm, kept in build/."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

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
                KEPT.parent.mkdir(parents=True, exist_ok=True)
                KEPT.write_bytes(content.read())
    return KEPT.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """What axe-core finds in a page, a line each. The page's browser context must be made with bypass_csp=True."""
    page.evaluate(axe_script())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]
