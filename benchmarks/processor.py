"""Both libraries run the code that they have for this processor. To be imported before NumPy.

Some machines set OPENBLAS_CORETYPE, which binds NumPy's matrix products to the code for an older processor, and not
PyTorch's: to AVX2, say, where PyTorch uses AVX-512. A comparison under it measures the setting, so it is set aside,
and said. With TPLIB_BENCH_AS_SET=1 it stays.
"""

from __future__ import annotations

import os

NAMES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
as_set = {name: os.environ[name] for name in NAMES if name in os.environ}
stays = "TPLIB_BENCH_AS_SET" in os.environ
if not stays:
    for name in as_set:
        del os.environ[name]


def kernels() -> str:
    """For which processor OpenBLAS computes, and what the environment said of it."""
    import numpy  # noqa: F401 (loads OpenBLAS)
    from threadpoolctl import threadpool_info

    names = {info["architecture"] for info in threadpool_info() if info["internal_api"] == "openblas"}
    sentence = f"OpenBLAS runs its code for {' and '.join(sorted(names)) or 'no processor that it names'}"
    if as_set:
        settings = " ".join(f"{name}={value}" for name, value in as_set.items())
        sentence += f"; {settings} {'stands' if stays else 'was set aside'}"
    return sentence
