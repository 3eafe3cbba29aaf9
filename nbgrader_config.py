"""nbgrader's settings for this course; `nbgrader` and `tp` read them when run in this folder."""

c = get_config()  # noqa: F821 (nbgrader defines it)

# source/, release/, submitted/, autograded/, feedback/ and gradebook.db lie beside this file: nbgrader's defaults.
c.CourseDirectory.course_id = "tplib"

# What a student finds in the place of a solution. The checks read NotImplementedError as "not attempted".
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError"}
c.ClearSolutions.text_stub = (
    "YOUR ANSWER HERE: double-click this text, write a few sentences in its place, and leave the cell with "
    "Shift+Enter. Your teacher reads and marks them; no check does."
)

# Seconds for one cell. Two training cells of TP8-HFTrain/4_trainer take 30 seconds, and 120 on a busy machine;
# nbgrader's default of 30 would stop honest students there.
c.Execute.timeout = 300

# Each check counts in its own output how often it was run and which mistakes it named. True shows teachers these counts
# in the class report. Students can edit them: they are for looking at, never for marks.
c.ClassReport.show_checks = False

# nbgrader autograde, and the button in the form grader, grade with the course's engine.
from tplib.autograde import enable  # noqa: E402

enable(c)
