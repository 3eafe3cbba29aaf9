"""Pages for people: feedback and the class report."""
