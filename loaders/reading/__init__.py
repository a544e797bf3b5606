"""From bytes to values, every flaw with its place; knows nothing of evidence or of the graph."""
