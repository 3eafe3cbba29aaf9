"""Sphinx's settings for the course as a site. `make book` writes the pages to build/book/pages first."""

from tplib import __version__

project = "Neural networks for language"
copyright = "the authors of tplib"
version = release = __version__
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.mathjax"]
exclude_patterns = ["_build"]

# Notebooks come with their outputs; nothing is executed, and no request leaves a page.
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
nb_mime_priority_overrides = [("html", "application/vnd.tplib.verdict+json", None)]
nb_merge_streams = True
mathjax_path = "tex-svg.js"  # one file with its own letters, from the package mathjax of npm
mathjax3_config = {"tex": {"inlineMath": [["\\(", "\\)"]], "displayMath": [["\\[", "\\]"]]}}

myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 4
suppress_warnings = ["mystnb.unknown_mime_type", "myst.header"]

default_role = "code"  # docstrings set code in single backticks
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # docstrings give shapes, which types do not
autodoc_preserve_defaults = True

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_theme_options = {"use_download_button": False, "home_page_in_toc": True, "navbar_persistent": []}
html_copy_source = html_show_sourcelink = False
html_show_search_summary = False  # pages that are opened from a disk may not read each other


def plain(app: object, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Docstrings are plain text: indented paragraphs are code or lists, as they stand; nothing in them is markup."""
    text: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        if any(part.startswith((" ", "- ", ">>>")) for part in paragraph):
            text += ["::", "", *(f"    {part}" for part in paragraph), ""]
        elif paragraph:
            text += [*(escaped(part) for part in paragraph), ""]
        paragraph = []
    lines[:] = text


def escaped(line: str) -> str:
    """What reStructuredText would take for markup, taken for text. Code in single backticks stays code."""
    parts = line.replace("\\", "\\\\").split("`")
    if len(parts) % 2 == 0:
        return "\\`".join(part.replace("*", "\\*").replace("|", "\\|").replace("_", "\\_") for part in parts)
    for i in range(0, len(parts), 2):
        parts[i] = parts[i].replace("*", "\\*").replace("|", "\\|").replace("_", "\\_")
    pieces = [part if i % 2 == 0 else f"\\ `{part}`\\ " for i, part in enumerate(parts)]
    return "".join(pieces).strip()


def setup(app: object) -> None:
    app.connect("autodoc-process-docstring", plain)  # type: ignore[attr-defined]
