"""Work with PyTorch on a GPU: choose it, move data to it, time it, and use its memory well. All of it works on a CPU.

Importing `tplib.gpu` imports PyTorch; importing `tplib` does not.
"""

try:
    import torch as _torch  # noqa: F401
except ModuleNotFoundError as error:
    if error.name != "torch":
        raise
    raise ModuleNotFoundError(
        "tplib.gpu needs PyTorch, which is not installed here: pip install torch", name="torch"
    ) from None

from tplib.gpu.batch_size import BatchSearch, is_out_of_memory, largest_batch
from tplib.gpu.comparison import Comparison, compare_devices
from tplib.gpu.devices import DeviceChoice, best_device, choose_device, device_name, free_memory, synchronize
from tplib.gpu.loading import PrefetchLoader
from tplib.gpu.memory import MemoryReport, memory_report, reset_peak
from tplib.gpu.moving import pin, to_device
from tplib.gpu.precision import MixedPrecision, StepReport
from tplib.gpu.seeding import reproducible, seed_everything, seed_worker
from tplib.gpu.timing import Timing, measure

__all__ = [
    "BatchSearch",
    "Comparison",
    "DeviceChoice",
    "MemoryReport",
    "MixedPrecision",
    "PrefetchLoader",
    "StepReport",
    "Timing",
    "best_device",
    "choose_device",
    "compare_devices",
    "device_name",
    "free_memory",
    "is_out_of_memory",
    "largest_batch",
    "measure",
    "memory_report",
    "pin",
    "reproducible",
    "reset_peak",
    "seed_everything",
    "seed_worker",
    "synchronize",
    "to_device",
]
