"""A repository of rules, held against ATT&CK without a graph: what is wrong in it, and where."""
