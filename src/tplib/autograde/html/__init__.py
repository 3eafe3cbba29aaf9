"""Strangers' HTML, Markdown, SVG and TeX, made safe to show."""
