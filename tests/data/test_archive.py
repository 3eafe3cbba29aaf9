"""One named member, and nothing else, out of zip and tar archives."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import TplibError
from tplib.data.archive import read_member


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


PACKERS = {
    "zip": zipped,
    "tar": lambda members: tarred(members, "w"),
    "tar.gz": lambda members: tarred(members, "w:gz"),
    "tar.xz": lambda members: tarred(members, "w:xz"),
}


@settings(deadline=None, max_examples=30)
@given(content=st.binary(max_size=2000), kinds=st.lists(st.sampled_from(sorted(PACKERS)), min_size=1, max_size=3))
def test_a_member_at_any_depth_comes_out_as_it_went_in(tmp_path_factory, content, kinds):
    packed = content
    for kind in kinds:
        packed = PACKERS[kind]({"other": b"other", "in/here": packed})
    carrier = tmp_path_factory.mktemp("archive") / "carrier"
    carrier.write_bytes(packed)
    assert read_member(carrier, ("in/here",) * len(kinds)) == content


@pytest.mark.parametrize("kind", PACKERS)
def test_what_is_absent_too_large_or_no_archive(tmp_path, kind):
    carrier = tmp_path / "carrier"
    carrier.write_bytes(PACKERS[kind]({"a": b"x" * 1000}))
    with pytest.raises(TplibError, match=r"carrier/b cannot be read"):
        read_member(carrier, ("b",))
    with pytest.raises(TplibError, match=r"carrier/a is larger than the 999 bytes"):
        read_member(carrier, ("a",), cap=999)
    assert len(read_member(carrier, ("a",), cap=1000)) == 1000
    with pytest.raises(TplibError, match=r"carrier/a/b cannot be read"):
        read_member(carrier, ("a", "b"))


def test_a_link_is_not_followed(tmp_path):
    carrier = tmp_path / "carrier.tar"
    link = tarfile.TarInfo("a")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
    with tarfile.open(carrier, "w") as archive:
        archive.addfile(link)
    with pytest.raises(TplibError, match="not a plain file"):
        read_member(carrier, ("a",))


def test_no_step_is_the_download_itself(tmp_path):
    carrier = tmp_path / "carrier.tgz"
    carrier.write_bytes(PACKERS["tar.gz"]({"in/here": b"word"}))
    assert read_member(carrier, ()) == carrier.read_bytes()
    with pytest.raises(TplibError, match=r"poet 1\.0 is larger than the 10 bytes expected"):
        read_member(carrier, (), cap=10, label="poet 1.0")
