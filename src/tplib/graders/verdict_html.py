"""A verdict as HTML: readable without a kernel, by keyboard and screen reader, on light and on dark pages."""

from __future__ import annotations

from html import escape

from tplib.graders.side_by_side import OTHER, SideBySide
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


CODE = "font-family:monospace;background:none;padding:0;white-space:pre-wrap"
ENTRY = "text-align:right;padding:.1em .5em;font-family:monospace;font-weight:normal;border:1px solid transparent;"
INDEX = ENTRY + "font-size:85%;"
WRONG = "font-weight:bold;border:2px solid currentColor;"
CAPTION = "text-align:left;white-space:nowrap;caption-side:top;padding:0;font-size:inherit"


def verdict_html(verdict: Verdict) -> str:
    """What a check shows: status and points, the mistake, the message, the counter-example, the hints."""
    _, word = WORDS[verdict.status]
    label = f"Check of {verdict.exercise}: {word.lower()}, {verdict.earned}"
    colour = COLOURS[verdict.status]
    parts = [
        f'<div role="group" aria-label="{escape(label)}" '
        f'style="border-left:4px solid {colour};padding:.4em .9em;margin:.2em 0;max-width:48em">',
        f"<div>{badge(verdict.status)} · {code(escape(verdict.exercise))} · {verdict.earned}</div>",
    ]
    if verdict.misconception:
        parts.append(f'<div style="margin:.3em 0">Mistake: <b>{escape(verdict.misconception)}</b></div>')
    if verdict.message:
        parts.append(f'<div style="margin:.3em 0">{inline(verdict.message)}</div>')
    if rows := verdict.rows():
        parts.append(_counterexample(verdict, rows))
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
    return "".join(code(p) if i % 2 else p for i, p in enumerate(pieces)).replace("\n", "<br>")


def code(escaped: str) -> str:
    """A name in a text, in the text's own colour: a dark theme's colour for code may stand on a light ground."""
    return f'<code style="color:inherit;background:none">{escaped}</code>'


def _counterexample(verdict: Verdict, rows: list[tuple[str, str]]) -> str:
    """The input and both results: as text, and beside each other where `side_by_side` can show them so."""
    beside, example = verdict.beside, verdict.counterexample
    if beside is None or example is None:
        return _table(rows)
    lines = example.rows() if beside.where else example.given()
    distance = [("difference", beside.distance)] if beside.distance else []
    return f"{_table(lines) if lines else ''}{_beside(beside)}{_table(distance, 'How far off') if distance else ''}"


def _table(rows: list[tuple[str, str]], about: str = "An input on which it fails") -> str:
    """Lines of a label and its value; each line has its header."""
    lines = "".join(
        f'<tr style="background:none"><th scope="row" style="{CELL}">{escape(label)}</th><td style="{CELL}">'
        f"{monospaced(value)}</td></tr>"
        for label, value in rows
    )
    return f'<table aria-label="{about}" style="margin:.3em 0;border:none">{lines}</table>'


def monospaced(text: str) -> str:
    """Text whose columns stay aligned, also where a page has no style for `<pre>`."""
    return f'<pre style="{TEXT}"><code style="{CODE}">{escape(text)}</code></pre>'


def _beside(found: SideBySide) -> str:
    """Both results as tables, or as one map of where they differ."""
    if found.where:
        about = f"Where it differs: {found.marks} {'entry' if found.marks == 1 else 'entries'}, marked {OTHER}"
        signs = monospaced("\n".join(found.where))
        return f'<div style="margin:.3em 0">{escape(about)}<div role="img" aria-label="A map of it">{signs}</div></div>'
    form = found.form if found.form[0] != found.form[1] else ("", "")  # the tables show their shape
    shown = zip(("expected", "yours"), (found.expected, found.yours), form, strict=True)
    return "".join(_entries(f"{label}{found.part}", rows, form, found) for label, rows, form in shown)


def _entries(label: str, rows: list[list[str]], form: str, found: SideBySide) -> str:
    """One result as a table with the numbers of its rows and columns; what differs is bold, framed and has a sign."""
    corner = "" if found.flat else f'<td style="{ENTRY}"></td>'
    head = "".join(f'<th scope="col" style="{INDEX}">{k}</th>' for k in range(len(rows[0])))
    body = ""
    for k, row in enumerate(rows):
        start = "" if found.flat else f'<th scope="row" style="{INDEX}">{k}</th>'
        cells = "".join(
            f'<td style="{ENTRY}{WRONG if differs and label.startswith("yours") else ""}">{escape(text)}</td>'
            for text, differs in zip(row, found.differs[k], strict=True)
        )
        body += f'<tr style="background:none">{start}{cells}</tr>'
    caption = f'<caption style="{CAPTION}">{escape(label)}{f" · {escape(form)}" if form else ""}</caption>'
    return (
        f'<table style="margin:.3em 1.5em .3em 0;border:none;display:inline-table;vertical-align:top">{caption}'
        f'<thead><tr style="background:none">{corner}{head}</tr></thead><tbody>{body}</tbody></table>'
    )
