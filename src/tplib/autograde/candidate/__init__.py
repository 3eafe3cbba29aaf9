"""The untrusted side, in the sandbox: runs the student's cells."""
