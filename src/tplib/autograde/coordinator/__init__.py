"""The instructor's process: the only one that reads the course and writes the gradebook."""
