"""How many threads NumPy's matrix products use in a notebook.

A BLAS with a thread for each core waits for all of them at each product. The networks of this course are small, and
on a machine that does something else too, that made a training ten times slower. So a notebook uses one thread.
`TPLIB_THREADS=4 jupyter lab` sets another number, `tplib.threads.limit(4)` does so in a running notebook.
PyTorch has threads of its own: `torch.set_num_threads`.
"""

import os
import sys

from tplib.errors import TplibError

VARIABLE = "TPLIB_THREADS"
SET_BY_THE_USER = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def limit(threads: int) -> None:
    """Have NumPy's BLAS use that many threads in this process from now on."""
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        raise TplibError(f"threads: expected a whole number of at least 1, got {threads!r}.")
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=threads, user_api="blas")


def limit_in_notebook() -> None:
    """One thread, or what `TPLIB_THREADS` says, in a Jupyter kernel; elsewhere nothing changes."""
    asked = os.environ.get(VARIABLE)
    if "ipykernel" not in sys.modules or (not asked and any(name in os.environ for name in SET_BY_THE_USER)):
        return
    if asked and not asked.strip().isdecimal():
        raise TplibError(f"{VARIABLE}: expected a whole number of at least 1, got {asked!r}.")
    limit(int(asked or 1))
