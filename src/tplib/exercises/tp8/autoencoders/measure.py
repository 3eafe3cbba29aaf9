"""What is compared of random results: facts in words, so that right answers may draw their numbers in any way.

Each fact has a margin of about six standard errors: an honest draw misses it once in many millions.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tplib.exercises.tp8.autoencoders.observers import picture
from tplib.graders.observe import Foreign

Array = np.ndarray


def nearest(value: Array | float, laws: Mapping[str, Any], tolerance: float) -> str:
    """The name of the first law that all values follow within a relative tolerance; else "something else"."""
    for name, law in laws.items():
        if np.all(np.abs(np.asarray(value) - law) <= tolerance * np.abs(law) + 1e-6):
            return name
    return "something else"


def alike(first: Array, second: Array) -> bool:
    return first.shape == second.shape and bool(np.allclose(first, second, atol=1e-5))


def draws(noise: Array) -> str:
    """Whether the values (N, D) are drawn one by one."""
    if np.ptp(noise) < 1e-4:
        return "all at once"
    if np.ptp(noise, axis=0).max() < 1e-4:
        return "the same in each row"
    if np.ptp(noise, axis=1).max() < 1e-4:
        return "the same in each column"
    return "one by one"


def form(noise: Array) -> str:
    """Normal noise has a fourth moment of 3 times its variance squared, uniform noise one of 1.8."""
    e = noise - noise.mean(0)
    kurtosis = (e**4).mean() / np.maximum((e**2).mean() ** 2, 1e-12)
    return {abs(kurtosis - 3) < 0.35: "normal", abs(kurtosis - 1.8) < 0.1: "uniform"}.get(True, "another")


def kind_of(value: Any) -> dict[str, str]:
    """Of two results: what they are. Of those that are no arrays of numbers there is nothing more to measure."""
    kinds = [
        f"of shape {a.shape}"
        if isinstance(a, np.ndarray) and a.dtype.kind in "biuf"
        else f"of type {a.type if isinstance(a, Foreign) else type(a).__name__}"
        for a in (value["first"], value["second"])
    ]
    return {"the result is": kinds[0] if kinds[0] == kinds[1] else f"{kinds[0]}, then {kinds[1]}"}


def noise(value: Any, shape: Any, kind: str, amount: float, training: bool | None, look: str = "values") -> Any:
    """Of add_noise: how large and of which form the noise is, what was dropped, what became of the rest."""
    if look != "values":
        return value
    form_of = kind_of(value)
    if form_of != {"the result is": f"of shape {tuple(shape)}"}:
        return form_of
    x = picture(tuple(shape)).astype(np.float64)
    first, second = (np.asarray(value[key], np.float64) for key in ("first", "second"))
    if training is False or amount == 0:
        return form_of | {
            "values of the result": "those of x" if alike(first, x) and alike(second, x) else "something else"
        }
    if kind == "dropout" and amount == 1:
        return form_of | {"values of the result": "zeros" if not first.any() and not second.any() else "something else"}
    again = {"a second call draws": "the same" if alike(first, second) else "anew"}
    if kind == "dropout":
        zero = (first == 0).reshape(shape[0], -1).astype(float)
        if draws(zero) != "one by one" and (
            zero.any() or alike(first, x)
        ):  # so few draws say nothing of their distribution
            return form_of | {"values are dropped": draws(zero)}
        found = form_of | {"values are dropped": draws(zero)} | again | _dropped(first, x, amount)
        return found | {"number of zeros": _count([first, second], amount)}
    added = (first - x).reshape(shape[0], -1)
    if draws(added) != "one by one":
        return form_of | {"noise is drawn": draws(added)}
    return form_of | {
        "noise is drawn": draws(added),
        **again,
        "standard deviation of result - x": nearest(
            added.std(),
            {"amount": amount, "root of amount": amount**0.5, "amount squared": amount**2, "1": 1.0},
            0.03,
        ),
        "mean of result - x": "0" if abs(added.mean()) < 0.05 * amount else "another",
        "form of the noise": form(added),
        "its size": "the same for dark and bright" if _even(added) else "larger for bright",
    }


def _even(added: Array) -> bool:
    """The values of x grow from row to row: does the noise?"""
    half = len(added) // 2
    return abs(added[half:].std() / max(added[:half].std(), 1e-12) - 1) < 0.1


def _count(results: list[Array], amount: float) -> str:
    """Whether each result has just the share of zeros: of 20,000 independent draws one in 150 has."""
    exact = all(abs(int((result == 0).sum()) - amount * result.size) < 1 for result in results)
    return "the same at each call" if exact else "differs from call to call"


def _dropped(first: Array, x: Array, amount: float) -> dict[str, str]:
    zero = first == 0
    kept, of = first[~zero], x[~zero]
    changed = first[np.abs(first - x) > 1e-5]
    laws = {
        "as they were": of,
        "divided by 1 - amount": of / (1 - amount),
        "multiplied by 1 - amount": of * (1 - amount),
    }
    return {
        "share of zeros": nearest(float(zero.mean()), {"amount": amount, "1 - amount": 1 - amount}, 0.08),
        "all other values": nearest(kept, laws, 1e-4),
        "changed values become": "0" if not changed.any() else "one other" if np.ptp(changed) == 0 else "others",
    }


def codes(value: Any, mu: Array, log_var: Array, look: str = "values") -> Any:
    """Of reparameterize, for a batch of equal rows: where and how wide the draws lie, and which gradients arrive."""
    means, logs = (a.astype(np.float32).astype(np.float64) for a in (mu, log_var))
    if look == "input":
        return value
    form_of = kind_of(value if look != "gradients" else {"first": value["z"], "second": value["z"]})
    if form_of != {"the result is": f"of shape {means.shape}"}:
        return form_of
    if look == "gradients":
        return form_of | _gradients(value, means, logs)
    first, second = (np.asarray(value[key], np.float64) for key in ("first", "second"))
    again = {"a second call draws": "the same" if alike(first, second) else "anew"}
    if len(mu) == 1 or look == "afterwards":
        return form_of | again
    laws = {
        "exp(log_var / 2)": np.exp(logs[0] / 2),
        "exp(log_var)": np.exp(logs[0]),
        "exp(2 log_var)": np.exp(2 * logs[0]),
        "log_var": np.abs(logs[0]),
        "1": np.ones_like(logs[0]),
        "0": np.zeros_like(logs[0]),
    }
    e = (first - means) / np.exp(logs / 2)
    if draws(e) != "one by one":  # so few draws say nothing of their distribution
        return form_of | again | {"noise is drawn": draws(e)}
    centre = np.abs(first.mean(0) - means[0]) <= 0.12 * np.maximum(first.std(0), 1e-6) + 1e-5
    return form_of | {
        **again,
        "noise is drawn": draws(e),
        "standard deviation of z": nearest(first.std(0), laws, 0.08),
        "mean of z": "mu" if centre.all() else "another",
        "form of the noise": form((first - means) / np.maximum(first.std(0), 1e-12)),
    }


SLOPES = {"mu": "1 for each z", "log_var": "(z - mu) / 2 for each z"}


def _gradients(value: Any, mu: Array, log_var: Array) -> dict[str, str]:
    """With z = mu + sigma n, each z has the slopes 1 with respect to mu and (z - mu) / 2 with respect to log_var."""
    z = value["z"]
    weights = np.linspace(1, 2, z.size).reshape(z.shape)
    right = {"mu": weights, "log_var": weights * (z - mu) / 2}
    found = {}
    for name, expected in right.items():
        gradient = value[f"gradient of {name}"]
        if isinstance(gradient, str) or not np.any(gradient):  # `torch.normal` gives zeros
            found[f"gradient of {name}"] = "none"
        else:
            close = np.allclose(gradient, expected, rtol=1e-3, atol=1e-4)
            found[f"gradient of {name}"] = SLOPES[name] if close else "another"
    return found
