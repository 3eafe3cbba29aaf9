"""Builds the notebooks: `course/` (percent scripts) -> `source/` (executed) -> `release/` (what students get)."""
