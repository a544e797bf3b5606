"""The local Neo4j: jars, Java, start and stop."""
