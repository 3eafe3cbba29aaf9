"""How long a process and its kin have computed."""

from __future__ import annotations

import os
import sys
import time

import pytest

from tplib.autograde.candidate.processor_time import processor_time


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
@pytest.mark.parametrize("sandboxed", [True, False])
def test_a_process_and_its_kin_have_computed_no_less_than_the_process(sandboxed):
    before = time.process_time()
    computed, waited = processor_time(os.getpid(), sandboxed)
    assert computed >= before - 0.05
    assert waited >= 0


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_of_a_process_that_is_not_there_nobody_can_say():
    assert processor_time(1 << 30, True) is None
