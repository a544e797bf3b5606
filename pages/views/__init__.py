"""One view per kind of page: answers in, a page of typed parts out."""
