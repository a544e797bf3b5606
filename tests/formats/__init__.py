"""An example of each format, by the word after `load`: what the contract of all formats is tried on.

`tests.formats.<word>` (hyphens become underscores) defines EXAMPLE.
"""
