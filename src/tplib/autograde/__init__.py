"""Grading any nbgrader course: warm parallel execution, repairs, feedback and a class report."""
