"""The graph: what it is and how to reach it. Knows no file format."""
