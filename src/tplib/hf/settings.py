"""What the Hugging Face libraries read from the environment when they are imported: no hub, no reports, no stall."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from tplib.errors import TplibError

OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
SILENT = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "WANDB_DISABLED": "true",
    "COMET_MODE": "DISABLED",
    "DISABLE_MLFLOW_INTEGRATION": "TRUE",
    "TOKENIZERS_PARALLELISM": "false",  # its threads and a fork, as by num_proc or a data loader, do not go together
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",  # draws no bars, and does not warn that a new head is new
}
NEEDED = ("transformers", "accelerate", "torch")


def apply() -> None:
    """Set what the user has not set: `HF_HUB_OFFLINE=0 jupyter lab` reaches the hub.

    The libraries look at their variables once, at their import. Where that was before, their own switch is set.
    """
    silent = "TRANSFORMERS_VERBOSITY" not in os.environ
    for name, value in {**OFFLINE, **SILENT}.items():
        os.environ.setdefault(name, value)
    logging = sys.modules.get("transformers.utils.logging")
    if logging is not None and silent:
        logging.set_verbosity_error()
        logging.disable_progress_bar()
    constants = sys.modules.get("huggingface_hub.constants")
    if constants is not None and offline():
        constants.HF_HUB_OFFLINE = True  # type: ignore[attr-defined]
    config = sys.modules.get("datasets.config")
    if config is not None and os.environ["HF_DATASETS_OFFLINE"] == "1":
        config.HF_DATASETS_OFFLINE = True  # type: ignore[attr-defined]


def offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").strip().upper() in ("1", "ON", "YES", "TRUE")


def require(*more: str) -> None:
    """Raise TplibError, with the command that helps, where a package is missing."""
    missing = [name for name in (*NEEDED, *more) if find_spec(name) is None]
    if missing:
        raise TplibError(
            f"This needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed here. "
            "Run: pip install 'tplib[transformers]'"
        )
