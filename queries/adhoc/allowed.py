"""What reading needs: the clauses, words, functions and procedures of Cypher 5 that own Cypher may use.

Sources: the Cypher manual 5, chapters Clauses, Expressions, Functions; SHOW FUNCTIONS and SHOW PROCEDURES of
Neo4j 5.26. A test asks the server whether each of them exists and reads.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STARTS = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL", "FINISH"})
"""What a statement may begin with; so no EXPLAIN, PROFILE, CYPHER, USE, SHOW or TERMINATE."""

GOING_ON = _words(
    "MATCH OPTIONAL WHERE WITH UNWIND RETURN ORDER BY SKIP OFFSET LIMIT UNION CALL YIELD USING "
    "AS DISTINCT AND OR XOR NOT IN STARTS ENDS CONTAINS IS TYPED CASE WHEN THEN ELSE "
    "SHORTEST ANY ALL INDEX SEEK SCAN JOIN ON BOTH LEADING TRAILING FROM"
)
"""Words after which more must come: clauses, operators, hints of the planner, and those inside trim()."""

ENDING = _words(
    "FINISH ASC ASCENDING DESC DESCENDING NULL NORMALIZED END PATH PATHS GROUP GROUPS RANGE TEXT POINT "
    "INTEGER FLOAT STRING BOOLEAN DATE TIME DATETIME TIMESTAMP TIMEZONE ZONED LOCAL WITHOUT DURATION "
    "PROPERTY VALUE NODE RELATIONSHIP MAP LIST"
)
"""Words after an operand that end something themselves: an order, a test, a type."""

WORDS = GOING_ON | ENDING

NEVER = _words(
    "CREATE INSERT MERGE SET DELETE DETACH NODETACH REMOVE FOREACH LOAD USE SHOW TERMINATE DROP TRANSACTIONS"
)
"""Refused also where an operand could stand; elsewhere whatever is not in `WORDS` is."""

FUNCTIONS = _words(
    """
    abs acos all allShortestPaths any asin atan atan2 avg btrim ceil char_length character_length coalesce collect cos
    cot count date date.realtime date.statement date.transaction date.truncate datetime datetime.fromepoch
    datetime.fromepochmillis datetime.realtime datetime.statement datetime.transaction datetime.truncate degrees
    duration duration.between duration.inDays duration.inMonths duration.inSeconds e elementId endNode exists exp
    floor haversin head id isEmpty isNaN keys labels last left length localdatetime localdatetime.realtime
    localdatetime.statement localdatetime.transaction localdatetime.truncate localtime localtime.realtime
    localtime.statement localtime.transaction localtime.truncate log log10 lower ltrim max min nodes none normalize
    nullIf percentileCont percentileDisc pi point point.distance point.withinBBox properties radians rand randomUUID
    range reduce relationships replace reverse right round rtrim shortestPath sign sin single size split sqrt
    startNode stdev stdevp substring sum tail tan time time.realtime time.statement time.transaction time.truncate
    timestamp toBoolean toBooleanList toBooleanOrNull toFloat toFloatList toFloatOrNull toInteger toIntegerList
    toIntegerOrNull toLower toString toStringList toStringOrNull toUpper trim type upper valueType
    vector.similarity.cosine vector.similarity.euclidean
    """.lower()
)
"""In lower case, since functions have no case. Left out: file and linenumber (LOAD CSV), graph.* (USE)."""

PROCEDURES = _words(
    """
    db.index.fulltext.listAvailableAnalyzers db.index.fulltext.queryNodes db.index.fulltext.queryRelationships
    db.index.vector.queryNodes db.index.vector.queryRelationships db.info db.labels db.ping db.propertyKeys
    db.relationshipTypes db.schema.nodeTypeProperties db.schema.relTypeProperties db.schema.visualization
    """
)
"""They read the database. Left out of the READ ones: those that wait, sample, collect statistics or replan."""
