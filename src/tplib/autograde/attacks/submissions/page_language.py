"""Says odd things about its language, which end in the graded notebook and choose how pages are made."""

import contextlib

with contextlib.suppress(ImportError):
    import tplib.autograde.candidate.candidate as candidate

    deep = "deep"
    for _ in range(200):
        deep = {"deeper": deep}
    candidate.language_info = lambda: {
        "name": "<img src=x onerror=steal()>",
        "pygments_lexer": {"name": "<script>steal()</script>"},
        "codemirror_mode": deep,
        "file_extension": "/../../../../var/tmp/planted-by-attack",
        "mimetype": "text/html\n<script>steal()</script>",
        "nbconvert_exporter": "tplib.autograde.attacks",
        "version": "<script>steal()</script>" * 100_000,
        "more": 1,
    }


def sigmoid(x):
    return x
