"""How the answers of 5_generalise are watched: arrays in, arrays out; nothing here tells what is right."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.graders.observe import same

Array = np.ndarray

CALLS = 100  # with one generator: enough to tell whether the four numbers of a mask hang on each other
LARGE = (45, 75)  # three such masks: enough to tell a probability of 0.25 from one of 0.3; odd, for `repeats`
ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}


def weights(candidate: Any, fan_in: int, fan_out: int, seed: int) -> dict[str, Array]:
    """Layers from one generator, 6,000 weights or more, and the first two again from a new one with the same seed."""
    rng, calls = np.random.default_rng(seed), max(2, 6000 // (fan_in * fan_out))
    found = [candidate(fan_in, fan_out, rng) for _ in range(calls)]
    rng = np.random.default_rng(seed)
    again = [candidate(fan_in, fan_out, rng) for _ in range(2)]
    for matrix in found:
        if not isinstance(matrix, np.ndarray) or matrix.dtype.kind not in "fiu":
            raise TypeError("glorot_uniform should return a NumPy array of numbers, of shape (fan_in, fan_out)")
    return {"layers": np.array(found, dtype=np.float64), "again": np.array(again, dtype=np.float64)}


def activations(candidate: Any, x: Array, weights: list[Array], g: str) -> Any:
    return _listed(candidate(x, weights, ACTIVATIONS[g]))


def norms(candidate: Any, x: Array, y: Array, weights: list[Array], biases: list[Array]) -> Any:
    return _listed(candidate(x, y, weights, biases))


def _listed(found: Any) -> Any:
    """One number for each layer, in a list or in an array, as the student likes."""
    return list(found) if isinstance(found, np.ndarray) and found.ndim == 1 else found


def masks(candidate: Any, x: Array, p: float, seed: int, *training: bool) -> dict[str, Array]:
    """Many calls with one generator, and some with a new one; the last of the many gets x, which it must not change.
    Then a few with the numbers of x in a large array, for what a few numbers do not show."""
    rng = np.random.default_rng(seed)
    pairs = [_pair(candidate(x.copy(), p, rng, *training), x.shape) for _ in range(CALLS - 1)]
    pairs.append(_pair(candidate(x, p, rng, *training), x.shape))
    rng = np.random.default_rng(seed)
    again = [_pair(candidate(x.copy(), p, rng, *training), x.shape)[1] for _ in range(5)]
    large = np.resize(x, LARGE)
    wide = np.array([_pair(candidate(large.copy(), p, rng, *training), LARGE)[1] for _ in range(3)], dtype=np.float64)
    outs, masks = zip(*pairs, strict=True)
    return {
        "outs": np.array(outs, dtype=np.float64),  # (CALLS, B, H)
        "masks": np.array(masks, dtype=np.float64),
        "again": np.array(again, dtype=np.float64),
        "large: off": wide == 0,  # (3, *LARGE)
        "large: values": np.unique(wide.round(9))[:9],
    }


def _pair(found: Any, shape: tuple[int, ...]) -> tuple[Any, Any]:
    one_array = isinstance(found, np.ndarray) and found.shape == (2, *shape)  # which unpacks like two
    if not one_array and (not isinstance(found, tuple | list) or len(found) != 2):
        raise TypeError("dropout_forward should return two arrays, out and mask")
    if any(getattr(part, "shape", ()) != shape and np.shape(part) != shape for part in found):
        raise ValueError(
            f"dropout_forward: out and mask should have the shape of x, {shape}, "
            f"yours have {np.shape(found[0])} and {np.shape(found[1])}"
        )
    return found[0], found[1]


def stopping(candidate: Any, patience: int, losses: Array, parameters: list[Array]) -> dict[str, Any]:
    """Train: in epoch e all parameters are e more than at the start. The arrays change in place, but for the last of
    several, which is a new one each time. Another training, with a loss of 0, goes on beside it."""
    stopper, other = candidate(patience), candidate(patience)
    if not len(losses):
        return {"best_loss": stopper.best_loss}
    start = [array.copy() for array in parameters]
    trained = [array.copy() for array in parameters]
    other.step(0.0, [array.copy() for array in start])
    answers: list[Any] = []
    while len(answers) < len(losses) and not (answers and answers[-1]):
        for array in trained:
            array += 1
        trained[-1] = trained[-1].copy() if len(trained) > 1 else trained[-1]
        answers.append(stopper.step(float(losses[len(answers)]), trained))
        if not same(trained, [array + len(answers) for array in start]):
            parameters.clear()  # it has changed what it was given
            trained = [array + len(answers) for array in start]
    for array in trained:
        array += 100
    kept = _kept(stopper, start)
    return {
        "epochs trained": len(answers),
        "stopped": bool(answers[-1]),
        "step returns": "True or False"
        if all(isinstance(a, bool | np.bool_ | int) for a in answers)
        else "other things",
        "best_loss": stopper.best_loss,
        "best_parameters": kept if isinstance(kept, str) else "a list of arrays like `parameters`",
        **{f"epoch of best_parameters[{i}]": None if isinstance(kept, str) else kept[i] for i in range(len(start))},
    }


def _kept(stopper: Any, start: list[Array]) -> str | list[float]:
    """The epoch of each array that was kept, nan for one that is of no single epoch; or what is kept in its place."""
    best = getattr(stopper, "best_parameters", None)
    if not isinstance(best, tuple | list):
        return "nothing" if best is None else f"of type {type(best).__name__}"
    if [np.shape(array) for array in best] != [array.shape for array in start]:
        return "a list of something else"
    epochs = [np.asarray(array, dtype=np.float64) - begin for array, begin in zip(best, start, strict=True)]
    return [float(epoch.flat[0]) if np.ptp(epoch) == 0 else np.nan for epoch in epochs]
