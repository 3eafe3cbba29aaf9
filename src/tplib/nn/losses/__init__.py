"""Losses, penalties and divergences."""
