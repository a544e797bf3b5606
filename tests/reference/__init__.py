"""A second model of what the words mean (docs/semantics.md): plain Python over the files, slow and obvious.

No graph, no Cypher and no code of the product: files are read by `json` and `yaml`, our tables by `csv`. What the
built-in questions answer about random worlds is compared with it (tests/integration/queries/test_second_model.py).
"""
