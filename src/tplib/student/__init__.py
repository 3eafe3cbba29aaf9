"""What a student does outside of a notebook: begin an assignment, hand it in, look what a machine lacks."""
