"""An analyst's own Cypher: what may be asked, and how it is asked. A guard rail, not a sandbox."""
