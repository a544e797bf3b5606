"""A Neo4j database that answers or says why not: reads and writes with deadlines of our own.

The driver has no read timeout, tries some errors six times and waits half a minute for a closed port.
Here every call has a deadline, is made once, and ends in a result or in one line of `graph.errors`.
"""

import logging
import time
import uuid
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import LiteralString, TypeVar

import neo4j

from graph.errors import (
    EngineError,
    LockedError,
    OutcomeUnknownError,
    QueryFailedError,
    SightlineError,
    UnreachableError,
)
from graph.server.deadline import Watchdog, within
from graph.server.faults import (
    ConnectionLostError,
    DatabaseClosedError,
    NoAnswerError,
    first_line,
    moved_left,
)
from graph.server.probe import judge_agent, look
from graph.server.results import Counters, Explanation, Most, Outcome, Table, collect, counters, plan
from graph.server.settings import Target, local_folder
from graph.server.values import RowForm, plain_row

T = TypeVar("T")
Parameters = Mapping[str, object]

DRIVER_SHARE = 0.7
"""Part of the patience that the driver gets; the rest is for finding out why it failed."""
GRACE = 5.0
"""Seconds that a server gets to say itself that a query's time is up."""
SILENCE = 120.0
"""Seconds after which a server that works on one statement of a write counts as gone."""
LONGEST_WRITE = 3600.0
"""Seconds after which the server itself ends a write."""
RETURN_PATIENCE = 30.0
"""Seconds to wait for a server that went away at a commit."""
PAUSE = 0.25
EXPLAIN = "EXPLAIN "


@dataclass(frozen=True, slots=True)
class Lookup:
    """A read that says whether a write has landed: its first value is true then."""

    cypher: str
    parameters: Parameters = field(default_factory=dict)


_OTHER_WRITES = """
SHOW TRANSACTIONS YIELD metaData, startTime
WHERE metaData.sightline IS NOT NULL AND metaData.sightline <> $mark
RETURN metaData.purpose AS purpose, startTime AS since ORDER BY startTime LIMIT 1
"""
_THIS_WRITE = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.sightline = $mark RETURN count(*) AS running"

SYSTEM = "system"
OPENING = ("online", "starting", "initial", "store copying")
"""Statuses of a database that is open or may be in a moment: Neo4j's operations manual, Database states."""
_STATUS = """
SHOW DATABASES YIELD name, home, currentStatus, statusMessage
WHERE name = $name OR ($name IS NULL AND home)
RETURN currentStatus AS status, statusMessage AS message ORDER BY name
"""
_MEMORY_OF_WRITE = """
SHOW TRANSACTIONS YIELD metaData, estimatedUsedHeapMemory WHERE metaData.sightline = $mark
RETURN coalesce(estimatedUsedHeapMemory, 0) AS bytes
"""


@contextmanager
def connect(target: Target, *, patience: float = 5.0) -> Iterator["Graph"]:
    """An open graph whose server answered, took the login and has the database.

    Args:
        target: which database.
        patience: seconds for all of that.

    Raises:
        UnreachableError: no Neo4j or no such database there; the line says why, within about `patience`.
        LoginRefusedError: at the first refusal; a wrong password is never sent twice.
        EngineError: the server is there, but cannot open the database.
    """
    graph = Graph(target, patience)
    try:
        graph.verify()
        yield graph
    finally:
        graph.close()


def await_open(target: Target, patience: float) -> None:
    """Return when the database is open; a store that was not closed replays its log first.

    Raises:
        UnreachableError: it is not within `patience` seconds.
        SightlineError: as `connect` does.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            with connect(target, patience=min(patience, 20.0)) as graph:
                graph.read("RETURN 1")
                return
        except UnreachableError:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)


def _driver(target: Target, seconds: float) -> neo4j.Driver:
    """A driver that gives up in `seconds`, never tries again and is quiet."""
    logger = logging.getLogger("neo4j")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    return neo4j.GraphDatabase.driver(
        target.uri,
        auth=(target.username, target.password),
        connection_timeout=seconds,
        connection_acquisition_timeout=seconds,
        connection_write_timeout=GRACE,
        max_transaction_retry_time=0,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
        user_agent="sightline",
    )


class Graph:
    """One database, as `connect` opens it. Not for several threads at once."""

    def __init__(self, target: Target, patience: float) -> None:
        self.target = target
        self._patience = patience
        self._driver = _driver(target, patience * DRIVER_SHARE)
        self._watchdog = Watchdog()
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def close(self) -> None:
        """Close all connections; a second time does nothing."""
        self._watchdog.close()
        with suppress(Exception):
            self._driver.close()

    def verify(self) -> None:
        """Log in and open the database, or raise what `connect` says."""
        try:
            with self.limit(self._patience * DRIVER_SHARE), self._session(neo4j.READ_ACCESS) as session:
                session.begin_transaction(timeout=self._patience).close()
                agent = self._agent()
        except (ConnectionLostError, NoAnswerError):
            raise self._unreachable(self._patience * (1 - DRIVER_SHARE)) from None
        too_old = judge_agent(agent)
        if too_old is not None:
            raise UnreachableError(too_old.what, where=self._where(), todo=too_old.todo)

    def _agent(self) -> str:
        """What the server calls itself in its greeting; a query would be planned for seconds on a cold server."""
        with warnings.catch_warnings():  # naming the database is new in the driver, and it says so each time
            warnings.simplefilter("ignore", neo4j.warnings.PreviewWarning)
            return self._driver.get_server_info(database=self.target.database).agent

    def read(
        self, cypher: str, parameters: Parameters | None = None, *, timeout: float = 30.0
    ) -> list[dict[str, object]]:
        """The rows of a read as maps; see `table`."""
        return self.table(cypher, parameters, timeout=timeout).records()

    def table(self, cypher: str, parameters: Parameters | None = None, *, timeout: float = 30.0) -> Table:
        """The whole result of one read of ours, which the server keeps from writing.

        It commits nothing that could be rolled back, so it needs one round trip instead of three.

        Args:
            cypher: one statement.
            parameters: its values.
            timeout: seconds that the server works on it.

        Raises:
            LimitExceededError: time or memory ran out; it was tried once.
            NotAReadError: the statement writes.
            QueryFailedError: the server could not run it.
            UnreachableError: the connection broke, or nothing came for `timeout` and 5 s.
        """
        with self.limit(timeout + GRACE), self._session(neo4j.READ_ACCESS) as session:
            statement = neo4j.Query(_own(cypher), timeout=timeout)
            return collect(session.run(statement, dict(parameters or {})))

    def limited(
        self,
        cypher: str,
        parameters: Parameters,
        *,
        timeout: float,
        most_rows: int | None = None,
        most_bytes: int | None = None,
        convert: RowForm = plain_row,
    ) -> Table:
        """The result of one read of somebody else's, as far as it is wanted, in a transaction that is rolled back.

        Args:
            cypher: one statement.
            parameters: its values.
            timeout: seconds that the server works on it.
            most_rows: stop after so many rows.
            most_bytes: stop before the row that makes it more bytes of JSON; a row is received whole.
            convert: what becomes of the driver's values, a row at a time (`graph.server.values`).

        Raises:
            SightlineError: as `table` does.
        """
        most = Most(most_rows, most_bytes)
        with (
            self.limit(timeout + GRACE),
            self._session(neo4j.READ_ACCESS, fetch_size=most.at_a_time) as session,
            session.begin_transaction(timeout=timeout) as transaction,
        ):
            table = collect(transaction.run(_own(cypher), dict(parameters)), most, convert)
            transaction.rollback()  # the driver's `with` would commit
            return table

    def explain(
        self, cypher: str, parameters: Parameters | None = None, *, timeout: float = SILENCE
    ) -> Explanation:
        """The plan and the kind of a statement, which is not run.

        Places in the server's messages are those of `cypher`.

        Raises:
            NoAnswerError: nothing came for `timeout` seconds; the server does not end planning by itself.
            QueryFailedError: the server does not understand it.
        """
        try:
            with (
                self.limit(timeout),
                self._session(neo4j.READ_ACCESS) as session,
                session.begin_transaction() as transaction,
            ):
                summary = transaction.run(_own(EXPLAIN + cypher), dict(parameters or {})).consume()
        except QueryFailedError as error:
            raise moved_left(error, len(EXPLAIN)) from error
        return Explanation(summary.query_type or "", plan(summary.plan or {"operatorType": ""}))

    def schema(self, cypher: str, *, timeout: float = 300.0) -> Counters:
        """What a statement on constraints or indexes changed; it is a transaction of its own."""
        with self.limit(timeout + GRACE), self._session(neo4j.WRITE_ACCESS) as session:
            return counters(session.run(neo4j.Query(_own(cypher), timeout=timeout)).consume())

    def write(
        self,
        work: Callable[["Transaction"], T],
        *,
        landed: Lookup,
        purpose: str = "a write",
        silence: float = SILENCE,
    ) -> T:
        """What `work` returns, after its statements were committed as one transaction, made once.

        Args:
            work: runs the statements; what it raises rolls everything back.
            landed: tells whether the write is in the database, for a connection that breaks at the commit.
            purpose: what whoever waits for the lock is told, such as `load sigma`.
            silence: seconds after which a statement without an answer counts as a lost connection.

        Raises:
            LimitExceededError: the transaction is too large for the server; nothing was stored.
            OutcomeUnknownError: the connection broke at the commit, and the server does not come back.
            UnreachableError: the connection broke; nothing was stored.
        """
        mark = uuid.uuid4().hex
        with self._session(neo4j.WRITE_ACCESS) as session:
            with self.limit(silence):
                marks = {"sightline": mark, "purpose": purpose}
                transaction = session.begin_transaction(metadata=marks, timeout=LONGEST_WRITE)
            try:
                result = work(Transaction(self, transaction, mark, silence))
            except BaseException:
                self._roll_back(transaction)
                raise
            try:
                with self.limit(silence):
                    transaction.commit()
            except (ConnectionLostError, NoAnswerError) as error:
                self._settle(mark, landed, error)
            return result

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Run the block, which gets `seconds` with the server; see `graph.server.deadline`.

        Raises:
            EngineError: the database cannot be opened, which some servers tell at the first statement only.
            SightlineError: as `within` does.
        """
        try:
            with within(seconds, self._cut, self._where(), self._watchdog):
                yield
        except DatabaseClosedError as error:
            raise self._closed(error) from None

    @contextmanager
    def _session(self, access: str, fetch_size: int = -1) -> Iterator[neo4j.Session]:
        """Lend a session that is closed in the end, also where the server talks nonsense until then."""
        session = self._driver.session(
            database=self.target.database,
            default_access_mode=access,
            fetch_size=fetch_size,
            bookmark_manager=self._bookmarks,
        )
        try:
            yield session
        finally:
            try:
                session.close()
            except BaseException:
                # To close, the driver reads what is still to come; without a connection it does not.
                self._cut()
                session.close()
                raise

    def _cut(self) -> None:
        """Cut all connections, from whatever thread; the next call makes new ones."""
        old, self._driver = self._driver, _driver(self.target, self._patience * DRIVER_SHARE)
        old.close()

    def _where(self) -> str:
        return f"{self.target.uri} ({self.target.origin})"

    def _unreachable(self, seconds: float) -> UnreachableError:
        """Why the first connection failed."""
        found = look(self.target.uri, seconds)
        if found is None:
            what, todo = "connected, but the session failed", "try again, or the bolt:// scheme"
        else:
            what, todo = found.what, found.todo
        if self.target.is_local:
            todo = "start it with `sightline up`"
        return UnreachableError(what, where=self._where(), todo=todo)

    def _closed(self, error: DatabaseClosedError) -> SightlineError:
        """Why the database is not open: the error itself while it starts, else that it cannot be opened."""
        if self.target.database == SYSTEM:
            return error
        found: list[dict[str, object]] = []
        with (
            suppress(SightlineError),
            connect(replace(self.target, database=SYSTEM), patience=20.0) as system,
        ):
            found = system.read(_STATUS, {"name": self.target.database})
        failed = [row for row in found if row["status"] not in OPENING]
        if not failed:
            return error
        told = first_line(str(failed[0]["message"] or "")) or "its log has the reason"
        todo = "its log has the reason"
        if self.target.is_local:
            todo = "free space if the disk is full, then run `sightline down` and `sightline up`; "
            todo += f"if that does not open it, delete {local_folder()} and load again"
        return EngineError(f"the store cannot be opened ({told})", where=self._where(), todo=todo)

    def _roll_back(self, transaction: neo4j.Transaction) -> None:
        """Undo; where the connection is gone, the server does it by itself."""
        with suppress(Exception), self.limit(GRACE):
            transaction.close()

    def _settle(self, mark: str, landed: Lookup, lost: UnreachableError) -> None:
        """Return when the write has landed after all; raise what became of it otherwise."""
        deadline = time.monotonic() + RETURN_PATIENCE
        while time.monotonic() < deadline:
            try:
                with connect(self.target) as fresh:
                    there = fresh.has_landed(mark, landed, deadline)
            except UnreachableError:
                time.sleep(PAUSE)
                continue
            if there:
                return
            raise ConnectionLostError(
                "the connection was lost before the commit; nothing was stored",
                where=self._where(),
                todo="try again",
            ) from lost
        raise OutcomeUnknownError(
            "the connection was lost at the commit, and the server did not answer again",
            where=self._where(),
            todo="when it answers, `sightline releases` and `sightline sets` list what was stored",
        ) from lost

    def has_landed(self, mark: str, landed: Lookup, deadline: float) -> bool:
        """Whether the write with this mark is stored, asked after the server is done with its transaction.

        Raises:
            NoAnswerError: the server was still at it when `deadline` (of time.monotonic) came.
        """
        while self.read(_THIS_WRITE, {"mark": mark})[0]["running"]:
            if time.monotonic() > deadline:
                raise NoAnswerError("the server is still committing", where=self._where())
            time.sleep(PAUSE)
        # In a cluster only the leader knows for sure: hence a session that might write.
        with (
            self.limit(GRACE),
            self._session(neo4j.WRITE_ACCESS) as session,
            session.begin_transaction() as transaction,
        ):
            found = transaction.run(_own(landed.cypher), dict(landed.parameters)).single()
            return found is not None and bool(found[0])


class Transaction:
    """The statements of one write; given by `Graph.write` to its work."""

    def __init__(self, graph: Graph, transaction: neo4j.Transaction, mark: str, silence: float) -> None:
        self._graph = graph
        self._transaction = transaction
        self._mark = mark
        self._silence = silence

    def run(
        self, cypher: str, parameters: Parameters | None = None, *, seconds: float | None = None
    ) -> Outcome:
        """What one statement changed and returned.

        Args:
            cypher: one statement.
            parameters: its values.
            seconds: to wait for it, when they are fewer than the write's `silence`.

        Raises:
            NoAnswerError: nothing came in time; the transaction is over, and nothing is stored.
        """
        with self._graph.limit(seconds or self._silence):
            result = self._transaction.run(_own(cypher), dict(parameters or {}))
            table = collect(result)
            return Outcome(counters(result.consume()), table.records())

    def memory(self) -> int:
        """Bytes of the server's heap that it counts for this transaction."""
        found = self._graph.read(_MEMORY_OF_WRITE, {"mark": self._mark})
        return max((int(str(row["bytes"])) for row in found), default=0)

    def lock(self, cypher: str, *, wait: float) -> None:
        """Take the lock that `cypher` writes on, within `wait` seconds.

        Raises:
            LockedError: another write holds it; it is named, with the time it began.
        """
        try:
            self.run(cypher, seconds=wait)
        except NoAnswerError as error:
            raise self._locked_by_another(error) from None

    def _locked_by_another(self, error: NoAnswerError) -> LockedError | NoAnswerError:
        """Name the oldest other write of ours; where there is none, the server itself is stuck."""
        with connect(self._graph.target) as fresh:
            others = fresh.read(_OTHER_WRITES, {"mark": self._mark})
        if not others:
            return error
        holder = f"{others[0]['purpose']} has been running since {others[0]['since']}"
        return LockedError(holder, todo="wait for it, then try again; --wait gives it more time")


def _own(cypher: str) -> LiteralString:
    """Query text from our files and declarations, or from a user whom `queries` let through."""
    return cypher
