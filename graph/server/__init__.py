"""The driver behind one door: connection, deadlines, faults and plain results."""
