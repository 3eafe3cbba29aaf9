"""A verdict as HTML: readable without a kernel, by keyboard and screen reader, on light and on dark pages."""

from __future__ import annotations

from html import escape

from tplib.graders.verdict import WORDS, Status, Verdict

# White letters stand on these: the contrast is the same on every page, and at least 4.5 (WCAG 2.2, 1.4.3).
COLOURS: dict[Status, str] = {
    "right": "#1a7f37",
    "partial": "#9a6700",
    "wrong": "#cf222e",
    "not attempted": "#66707a",
    "later": "#0550ae",
}
LETTERS = "#ffffff"
CELL = "text-align:left;vertical-align:top;padding:.15em .8em .15em 0;font-weight:normal"
TEXT = (
    "margin:0;padding:0;border:none;background:none;line-height:1.3;white-space:pre-wrap;word-break:normal;"
    "font-family:monospace"
)


def verdict_html(verdict: Verdict) -> str:
    """What a check shows: status and points, the mistake, the message, the counter-example, the hints."""
    _, word = WORDS[verdict.status]
    label = f"Check of {verdict.exercise}: {word.lower()}, {verdict.earned}"
    colour = COLOURS[verdict.status]
    parts = [
        f'<div role="group" aria-label="{escape(label)}" '
        f'style="border-left:4px solid {colour};padding:.4em .9em;margin:.2em 0;max-width:48em">',
        f"<div>{badge(verdict.status)} · <code>{escape(verdict.exercise)}</code> · {verdict.earned}</div>",
    ]
    if verdict.misconception:
        parts.append(f'<div style="margin:.3em 0">Mistake: <b>{escape(verdict.misconception)}</b></div>')
    if verdict.message:
        parts.append(f'<div style="margin:.3em 0">{inline(verdict.message)}</div>')
    if rows := verdict.rows():
        parts.append(_table(rows))
    parts.append(ladder(verdict.hints, verdict.exercise))
    parts.append("</div>")
    return "".join(parts)


def badge(status: Status) -> str:
    """The status in a word and a mark, white on its colour."""
    mark, word = WORDS[status]
    look = f"color:{LETTERS};background-color:{COLOURS[status]};padding:.05em .5em;border-radius:.3em"
    return f'<b style="{look}"><span aria-hidden="true">{mark}</span> {word}</b>'


def ladder(hints: tuple[str, ...], exercise: str) -> str:
    """Each hint folded inside the one before, so that the next is a decision."""
    html = ""
    for step in range(len(hints) - 1, -1, -1):
        label = "A hint" if step == 0 else "One more hint"
        body = f'<div style="margin:.2em 0 .2em 1em">{inline(hints[step])}{html}</div>'
        about = f"{label} for {exercise}, {step + 1} of {len(hints)}"
        summary = f'<summary aria-label="{escape(about)}">{label}</summary>'
        html = f'<details style="margin:.2em 0">{summary}{body}</details>'
    return html


def inline(text: str) -> str:
    """Escaped text with `code` set as code and line breaks kept."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(pieces)).replace("\n", "<br>")


def _table(rows: list[tuple[str, str]]) -> str:
    """The smallest failing input, line by line; each line has its header."""
    lines = "".join(
        f'<tr style="background:none"><th scope="row" style="{CELL}">{escape(label)}</th><td style="{CELL}">'
        f'<pre style="{TEXT}">{escape(value)}</pre></td></tr>'
        for label, value in rows
    )
    return f'<table aria-label="An input on which it fails" style="margin:.3em 0;border:none">{lines}</table>'
