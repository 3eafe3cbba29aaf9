"""Looking into a network: gradient checks, closed-form derivatives, pictures of graphs, summaries."""
