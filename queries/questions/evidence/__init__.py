"""Who says what, on which grounds, since when, and where statements contradict each other."""
