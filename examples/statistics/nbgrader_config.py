"""nbgrader's settings for this course; `nbgrader` and `tp` read them when run in this folder."""

c = get_config()  # noqa: F821 (nbgrader defines it)

c.CourseDirectory.course_id = "statistics"

# What a student finds in the place of a solution. The checks read NotImplementedError as "not attempted".
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# Seconds for one cell.
c.Execute.timeout = 60

# `nbgrader autograde`, and the button in the form grader, grade with tplib's engine.
from tplib.autograde import enable  # noqa: E402

enable(c)
