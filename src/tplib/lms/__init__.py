"""Learning platforms: what Moodle, Canvas and Gradescope give for grading, and what they take back."""
