"""The Neo4j Browser as a workbench: its style, guide, favorites and links, as text made from declarations."""
