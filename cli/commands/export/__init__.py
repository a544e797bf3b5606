"""`export`: pages, layers and pictures that people share; a module per word."""
