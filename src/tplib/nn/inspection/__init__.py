"""Looking into a network: gradient checks, pictures of graphs, summaries."""
