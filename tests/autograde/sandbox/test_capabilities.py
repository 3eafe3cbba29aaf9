"""What a machine offers, and how a machine that lacks something is told."""

from __future__ import annotations

import importlib
import sys

import pytest

from tplib.autograde.sandbox.capabilities import Offer, offers, problem

module = importlib.import_module("tplib.autograde.sandbox.capabilities")  # the package has a function of this name


@pytest.fixture(autouse=True)
def _forget():
    problem.cache_clear()
    yield
    problem.cache_clear()


def test_all_is_offered_where_the_sandbox_works(sandbox, as_user, launch):
    code = "from tplib.autograde.sandbox import *\nassert problem() is None\nfor o in offers(): print(o.ok, o.name)"
    lines = launch(as_user, code).stdout.splitlines()
    assert len(lines) == 14
    assert all(line.startswith("True ") for line in lines)


def test_a_problem_names_the_cause_and_the_way_out(monkeypatch):
    refused = Offer("user namespaces", False, "The sandbox could not make a user namespace: Operation not permitted.")
    monkeypatch.setattr(module, "offers", lambda _: [Offer("user", True, ""), refused])
    monkeypatch.setattr(module, "_sysctl", {"user.max_user_namespaces": 0}.get)
    sentence = problem()
    assert "Operation not permitted" in sentence
    assert "`sysctl -w user.max_user_namespaces=10000`" in sentence
    assert "unprivileged_userns_clone" not in sentence
    assert "--sandbox off" in sentence


def test_another_system_is_told_so(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert [offer.ok for offer in offers()] == [False]
    assert "Linux namespaces" in problem()
    assert "--sandbox off" in problem()


def test_a_trial_that_breaks_is_a_refusal(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert not offers()[0].ok
    assert problem() is not None


def test_a_refusing_kernel_is_seen(sandbox, as_user, launch):
    # A user namespace that allows no others inside it, as an administrator may set for all.
    code = """
import os, sys
from tplib.autograde.sandbox import libc, problem
from tplib.autograde.sandbox.namespaces import write_maps
uid, gid = os.geteuid(), os.getegid()
libc.unshare(libc.CLONE_NEWUSER, "x")
write_maps(os.open("/proc/self", os.O_PATH), uid, gid)
open("/proc/sys/user/max_user_namespaces", "w").write("0")
print(problem())
"""
    done = launch(as_user, code)
    if "Permission" in done.stderr:
        pytest.skip("this kernel does not let an inner user limit the number of namespaces")
    assert "user namespaces" in done.stdout
    assert "--sandbox off" in done.stdout
