"""A notebook's NumPy uses one thread unless its user asks for more."""

import os
import subprocess
import sys

import pytest

from tplib import threads
from tplib.errors import TplibError

COUNT = "print(*{pool['num_threads'] for pool in threadpool_info() if pool['user_api'] == 'blas'})"
IN_KERNEL = f"import ipykernel, numpy; from threadpoolctl import threadpool_info; import tplib.graders; {COUNT}"
ELSEWHERE = IN_KERNEL.replace("ipykernel, ", "")


def blas_threads(code: str, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in threads.SET_BY_THE_USER}
    clean.pop(threads.VARIABLE, None)
    done = subprocess.run([sys.executable, "-c", code], env=clean | environment, capture_output=True, text=True)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_notebook_uses_one_thread() -> None:
    assert blas_threads(IN_KERNEL) == "1"


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has one thread in any case")
def test_the_user_asks_for_more() -> None:
    assert blas_threads(IN_KERNEL, TPLIB_THREADS="2") == "2"
    assert blas_threads(IN_KERNEL, OPENBLAS_NUM_THREADS="2") == "2"  # set by the user: left alone
    assert blas_threads(ELSEWHERE, OPENBLAS_NUM_THREADS="2") == "2"


@pytest.mark.parametrize("asked", ["0", "-1", "two", "1.5"])
def test_a_number_that_is_none_gets_a_sentence(asked: str) -> None:
    assert "expected a whole number of at least 1" in blas_threads(IN_KERNEL, TPLIB_THREADS=asked)


@pytest.mark.parametrize("asked", [0, -1, True, 1.5, "2"])
def test_limit_refuses_what_is_no_number_of_threads(asked: object) -> None:
    with pytest.raises(TplibError, match="threads: expected a whole number of at least 1"):
        threads.limit(asked)  # type: ignore[arg-type]
