"""Word vectors: embeddings, skip-gram, word2vec, averaged n-grams."""
