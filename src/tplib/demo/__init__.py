"""A scratch course with a class of 24, to see the whole pipeline at work."""
