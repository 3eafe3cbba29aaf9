"""Grades one submission, bytes in, bytes out: it has no course folder and no database."""
