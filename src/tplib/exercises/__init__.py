"""The exercises, apart from the machinery that judges them: one folder a notebook, one module an idea."""
