"""Training: descent, fit, early stopping, checkpoints."""
