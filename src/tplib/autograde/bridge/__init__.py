"""nbgrader's side: its course, its two passes, and every change that is made to it while it runs."""
