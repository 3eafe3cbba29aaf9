"""nbgrader's configuration on its way to the workers: what the coordinator resolved, without a path of its course.

A worker reads no configuration file. What such files import or read, wherever they lie, has had its effect by then.
Classes and functions travel by their names where a module holds them, and by value where a configuration file does.
"""

from __future__ import annotations

import pickle
from typing import Any

import cloudpickle
from traitlets.config import Config

from tplib.errors import TplibError

# Where a course lies, and what belongs to a program rather than to grading.
NOT_SENT = {"Application", "AutogradeApp", "Exchange", "JupyterApp", "NbGrader", "NbGraderApp", "SingletonConfigurable"}
COURSE = ("ignore", "include", "max_dir_size", "max_file_size")  # of CourseDirectory, what is no path


def sections(config: Any) -> dict[str, dict[str, Any]]:
    """The options that grading may depend on, by class. What stands outside of any class means nothing to anybody."""
    found = {name: dict(options) for name, options in config.items() if isinstance(options, Config)}
    course = found.pop("CourseDirectory", {})
    found = {name: options for name, options in found.items() if name not in NOT_SENT}
    return {**found, "CourseDirectory": {name: course[name] for name in COURSE if name in course}}


def pack_config(config: Any) -> bytes:
    """The configuration for `unpack_config` in another process. Raises TplibError for what cannot be sent."""
    wanted = sections(config)
    try:
        data: bytes = cloudpickle.dumps(wanted)
        return data
    except Exception:
        for name, options in wanted.items():
            for option, value in options.items():
                try:
                    cloudpickle.dumps(value)
                except Exception as error:
                    raise TplibError(
                        f"the configuration's c.{name}.{option} cannot be sent to the processes that grade "
                        f"({type(error).__name__}: {error}): put its class or function into a module and name it there"
                    ) from error
        raise


def unpack_config(data: bytes) -> Config:
    """The configuration that a coordinator packed. It must come from a coordinator: it runs what it holds."""
    return Config(pickle.loads(data)) if data else Config()
