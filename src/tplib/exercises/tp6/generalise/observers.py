"""How the answers of 5_generalise are watched: arrays in, arrays out; nothing here tells what is right."""

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray

CALLS = 100  # with one generator: enough to tell the probability of a mask of four numbers
ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}


def weights(candidate: Any, fan_in: int, fan_out: int, seed: int) -> list[Array]:
    """Two matrices from one generator, and one from a new generator with the same seed."""
    rng = np.random.default_rng(seed)
    found = [candidate(fan_in, fan_out, rng), candidate(fan_in, fan_out, rng)]
    found.append(candidate(fan_in, fan_out, np.random.default_rng(seed)))
    for matrix in found:
        if not isinstance(matrix, np.ndarray) or matrix.ndim != 2 or matrix.dtype.kind != "f":
            raise TypeError("glorot_uniform should return a matrix of floats, a NumPy array of shape (fan_in, fan_out)")
    return found


def activations(candidate: Any, x: Array, weights: list[Array], g: str) -> Any:
    return _listed(candidate(x, weights, ACTIVATIONS[g]))


def norms(candidate: Any, x: Array, y: Array, weights: list[Array], biases: list[Array]) -> Any:
    return _listed(candidate(x, y, weights, biases))


def _listed(found: Any) -> Any:
    """One number for each layer, in a list or in an array, as the student likes."""
    return list(found) if isinstance(found, np.ndarray) and found.ndim == 1 else found


def masks(candidate: Any, x: Array, p: float, seed: int, *training: bool) -> dict[str, Array]:
    """Many calls with one generator, and some with a new one; the last of the many gets x, which it must not change."""
    rng = np.random.default_rng(seed)
    pairs = [_pair(candidate(x.copy(), p, rng, *training), x.shape) for _ in range(CALLS - 1)]
    pairs.append(_pair(candidate(x, p, rng, *training), x.shape))
    rng = np.random.default_rng(seed)
    again = [_pair(candidate(x.copy(), p, rng, *training), x.shape)[1] for _ in range(20)]
    outs, masks = zip(*pairs, strict=True)
    return {
        "outs": np.array(outs, dtype=np.float64),  # (CALLS, B, H)
        "masks": np.array(masks, dtype=np.float64),
        "again": np.array(again, dtype=np.float64),
    }


def _pair(found: Any, shape: tuple[int, ...]) -> tuple[Any, Any]:
    if not isinstance(found, tuple | list) or len(found) != 2:
        raise TypeError("dropout_forward should return two arrays, out and mask")
    if any(np.shape(part) != shape for part in found):
        raise ValueError(
            f"dropout_forward: out and mask should have the shape of x, {shape}, "
            f"yours have {np.shape(found[0])} and {np.shape(found[1])}"
        )
    return found[0], found[1]


def stopping(candidate: Any, patience: int, losses: Array) -> dict[str, Any]:
    """Train: in epoch e all parameters are e, the first array changed in place, the second replaced by a new one."""
    stopper = candidate(patience)
    parameters = [np.zeros(2), np.zeros((1, 2))]
    epochs, stopped = 0, False
    while epochs < len(losses) and not stopped:
        parameters[0] += 1
        parameters[1] = parameters[1] + 1
        stopped = bool(stopper.step(float(losses[epochs]), parameters))
        epochs += 1
    parameters[0] += 100
    parameters[1] = parameters[1] + 100
    best = stopper.best_parameters
    if not isinstance(best, tuple | list) or [np.shape(array) for array in best] != [(2,), (1, 2)]:
        raise TypeError("EarlyStopping: best_parameters should be a list of arrays, with the shapes of `parameters`")
    return {
        "epochs trained": epochs,
        "stopped": stopped,
        "best_loss": stopper.best_loss,
        "epoch of best_parameters[0]": float(np.mean(best[0])),
        "epoch of best_parameters[1]": float(np.mean(best[1])),
    }
