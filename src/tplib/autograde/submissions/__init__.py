"""What students hand in, read and made gradable."""
