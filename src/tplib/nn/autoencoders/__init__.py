"""Autoencoders, sparse, denoising and variational."""
