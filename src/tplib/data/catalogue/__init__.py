"""What data sets there are: licence, citation, size, SHA-256 and, in order, where each can be had."""
