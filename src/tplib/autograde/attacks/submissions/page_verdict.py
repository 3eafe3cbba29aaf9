"""Puts markup into what the examiner quotes in its verdict: names, messages, lines, signatures, values."""

import contextlib

MARKUP = "<img src=x onerror=steal()><script>steal()</script>"

with contextlib.suppress(ImportError):
    import tplib.autograde.candidate.candidate as candidate

    def forged(observation, blobs):
        value = {"d": [[MARKUP, {"f": MARKUP}], ["text", MARKUP]]}
        fields = {"error": MARKUP, "message": MARKUP, "place": f"`{MARKUP}`", "attempted": True, "mutated": []}
        return {**fields, "value": value}

    candidate.encode_observation = forged


def sigmoid(x):
    raise type(MARKUP, (Exception,), {})(MARKUP)
