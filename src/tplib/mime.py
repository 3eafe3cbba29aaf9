"""MIME types of what the course's own objects show in notebooks."""

VERDICT = "application/vnd.tplib.verdict+json"
