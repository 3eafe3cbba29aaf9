"""The affine map."""
