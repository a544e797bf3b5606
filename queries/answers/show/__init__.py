"""One object or piece of evidence whole, put together from several questions."""
