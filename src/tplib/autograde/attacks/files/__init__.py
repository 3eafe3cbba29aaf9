"""Submissions whose notebook file or folder is the attack; `hand_in(folder, notebook)` lays each out."""
