"""Control groups: the tightest memory limit above this process, in both of the kernel's versions."""

from __future__ import annotations

import pytest

from tplib.autograde.sandbox.cgroup import Room, memory_room

GROUPS = {"": "0::/user/session\n", "memory": "5:cpu:/user/session\n3:memory,hugetlb:/user/session\n"}
HUGE = str((1 << 63) - 4096)


@pytest.fixture
def versions(tmp_path):
    (tmp_path / "user/session").mkdir(parents=True)
    return {"": (tmp_path, "max", "current"), "memory": (tmp_path, "limit", "usage")}


def limit(folder, most, used):
    for name, value in zip(("max", "current", "limit", "usage"), (most, used) * 2, strict=True):
        (folder / name).write_text(f"{value}\n")


@pytest.mark.parametrize("version", GROUPS)
def test_the_tightest_limit_of_all_groups_above_counts(tmp_path, versions, version):
    limit(tmp_path / "user/session", 5000, 1000)
    limit(tmp_path / "user", 4500, 4000)
    limit(tmp_path, HUGE, 10)
    assert memory_room(GROUPS[version], versions) == Room(4500, 500)


@pytest.mark.parametrize("groups", [*GROUPS.values(), "0::/not/seen/here\n", "", "1:name=systemd:/\n"])
def test_no_limit_is_none(tmp_path, versions, groups):
    limit(tmp_path / "user/session", "max", 1000)
    limit(tmp_path, HUGE, 10)
    assert memory_room(groups, versions) is None


def test_a_container_sees_its_own_limit_at_the_root_whatever_its_path_says(tmp_path, versions):
    limit(tmp_path, 7000, 2000)
    assert memory_room("0::/docker/0a1b\n", versions) == Room(7000, 5000)


def test_this_machine_says_something():
    room = memory_room()
    assert room is None or 0 <= room.left <= room.limit
