"""Single objects: found, shown whole, with their neighbors and their source records."""
