"""Puts such values into the messages themselves, where no function of ours has looked at them."""

import contextlib

with contextlib.suppress(ImportError):
    import tplib.autograde.candidate.candidate as candidate

    deep = {"l": []}
    for _ in range(25):
        deep = {"l": [deep]}
    values = [
        *(10**4000, 1e308, float("nan"), "\ud800", "x" * 100_000, None, True, {"f": "numpy.ndarray"}, deep),
        *({"d": [[1, 2], [1.0, 3], [True, 4]]}, {"d": [[{"t": []}, 1]]}, {"t": [{"f": "\ud800"}] * 1000}),
        *({"a": ["<f8", [0] * 32, 0]}, {"a": ["<U1", [], 0]}, {"a": ["<i8", [0, 10**6], 0]}, {"l": [10**4000] * 50}),
    ]
    calls = iter(range(10**9))

    def forged(observation, blobs):
        blobs.add(b"\0" * 64)
        fields = {"error": None, "message": "x" * 1000, "place": "\ud800", "attempted": True, "mutated": []}
        return {**fields, "value": values[next(calls) % len(values)]}

    candidate.encode_observation = forged


def sigmoid(x):
    return x
