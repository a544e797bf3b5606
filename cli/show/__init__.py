"""`show`: one object whole, put together from several questions."""
