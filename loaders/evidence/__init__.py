"""What every format of evidence shares: its model, its rows and its way into the graph."""
