"""Whether Cypher text only reads, told from its tokens before any server sees it.

Cypher's keywords are not reserved, so a word alone says little; its place does. Two operands never stand side
by side without a word of `allowed.WORDS` between them, and every clause is a word with an operand after it: so
what is no such word after an operand is an unknown clause, and refused. Names can always go in backticks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.errors import LimitExceededError, NotAReadError, UsageError
from queries.adhoc.allowed import ENDING, FUNCTIONS, GOING_ON, NEVER, PROCEDURES, STARTS, WORDS
from queries.adhoc.lexer import Kind, Token, tokens

PAGE = "docs/own-cypher.md"
LONGEST = 100_000
"""Characters of a text."""
DEEPEST = 50
"""Brackets in brackets, and words such as NOT in a row: a thousand keep Neo4j's planner busy for minutes."""
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_BEFORE_A_NAME = (".", ":", "$", "&", "!")
_BEFORE_AN_OPERAND = ("(", "[", ",", "=", "<", "-", "/", "%", "^", "~", "|", *_BEFORE_A_NAME)
"""After these no clause can begin. After + and * one can, as they end a quantified pattern; nor is > here."""
_AFTER_A_VARIABLE = (".", ",", ")", "]", "}", "=", "<", ">")
"""No clause begins with its word and one of these. Words say nothing: `set AS`, `DELETE as` and `DELETE order`."""
_BEFORE_ANY_LABEL = (":", "|", "&", "!", "(")
"""After these % is no remainder but the label that every node with a label has."""
_SUBQUERIES = ("CALL", "EXISTS", "COUNT", "COLLECT")


def parameters_of(text: str) -> frozenset[str]:
    """Return the names of the parameters (`$name`) that a text takes, once it is found to read only.

    Raises:
        NotAReadError: the text is not one statement of the clauses, words, functions and procedures of
            `queries.adhoc.allowed`.
        LimitExceededError: it is too long or too deep.
        UsageError: there is no statement in it.
    """
    if len(text) > LONGEST:
        raise LimitExceededError(f"the text is longer than {LONGEST} characters", todo="ask for less at once")
    statement = _Statement(_one_statement(list(tokens(text))))
    statement.check()
    return frozenset(statement.parameters())


def _one_statement(found: list[Token]) -> list[Token]:
    """Return the tokens without a final semicolon."""
    if found and found[-1].is_sign(";"):
        found = found[:-1]
    if not found:
        raise UsageError("the text contains no Cypher", todo='such as "MATCH (t:Technique) RETURN count(t)"')
    for token in found:
        if token.is_sign(";"):
            raise NotAReadError("more than one statement", where=token.place, todo="ask them one by one")
    return found


def _refused(token: Token, what: str) -> NotAReadError:
    return NotAReadError(what, where=token.place, todo=f"{PAGE} lists what is; a name can go in backticks")


@dataclass(slots=True)
class _Statement:
    """The tokens of one statement, gone through from left to right.

    Attributes:
        tokens: all of them.
        ended: whether an operand ends before the token at hand.
        named: where the procedures of CALL are, whose brackets are not those of a function.
        maps: of each open bracket, whether it is the brace of a map, where `key:` comes before an expression.
        prefixes: how many of NOT, + and - precede this token.
        renames: where the last AS stands that any name may follow; one that no operand ends before may be a
            variable.
    """

    tokens: Sequence[Token]
    ended: bool = False
    named: set[int] = field(default_factory=set)
    maps: list[bool] = field(default_factory=list)
    prefixes: int = 0
    renames: int | None = None

    def check(self) -> None:
        """Raise NotAReadError at the first token that is not taken."""
        first = self.tokens[0]
        if first.upper not in STARTS:
            raise _refused(first, f"a statement that begins with {first.text} is not allowed")
        for at, token in enumerate(self.tokens):
            self._go_deeper(at, token)
            if token.kind is Kind.SIGN:
                self._sign(at, token)
            elif token.kind is Kind.WORD and not self._is_name(at):
                self._word(at, token)
            else:
                self._operand(at, token)

    def parameters(self) -> Iterator[str]:
        """Yield what follows each `$`; `$(` and `$all(` compute a label."""
        for at, token in enumerate(self.tokens):
            following = self._at(at + 1)
            if token.is_sign("$") and following and following.kind is not Kind.SIGN:
                after = self._at(at + 2)
                if not (after and after.is_sign("(")):
                    yield following.text

    def _go_deeper(self, at: int, token: Token) -> None:
        if token.is_sign(*_OPENING):
            self.maps.append(token.is_sign("{") and not self._is_subquery(at))
        elif token.is_sign(*_CLOSING) and self.maps:
            self.maps.pop()
        self.prefixes = self.prefixes + 1 if token.upper == "NOT" or token.is_sign("+", "-", *_OPENING) else 0
        if max(len(self.maps), self.prefixes) > DEEPEST:
            raise LimitExceededError(
                f"more than {DEEPEST} brackets or signs inside each other",
                where=token.place,
                todo="ask more simply",
            )

    def _at(self, at: int) -> Token | None:
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def _is_name(self, at: int) -> bool:
        """Whether the word can only be a name: of a property, label, parameter, column, or key of a map."""
        before, after = self._at(at - 1), self._at(at + 1)
        if before and before.is_sign("."):
            number = self._at(at - 2)
            return not (number and number.kind is Kind.NUMBER)
        if self._follows_a_key(at):
            return False
        if self.renames == at - 1 or (before and before.is_sign(*_BEFORE_A_NAME)):
            return True
        return bool(after and after.is_sign(":") and before and before.is_sign("{", ",", "("))

    def _is_subquery(self, at: int) -> bool:
        """Whether the brace may hold clauses; also one after `)`, as in `CALL (n) {`."""
        before = self._at(at - 1)
        return before is not None and (before.upper in _SUBQUERIES or before.is_sign(")"))

    def _follows_a_key(self, at: int) -> bool:
        """Whether the word comes after `key:` of a map, so that it may be a keyword; after others `:` is a label."""
        colon, start = self._at(at - 1), self._at(at - 3)
        in_a_map = bool(self.maps) and self.maps[-1]
        return in_a_map and bool(colon and colon.is_sign(":") and start and start.is_sign("{", ","))

    def _sign(self, at: int, token: Token) -> None:
        if token.is_sign("("):
            self._bracket(at)
        elif token.is_sign("$") and self.ended:
            raise _refused(token, "a parameter is not allowed here")
        star_of_all = token.is_sign("*") and self.tokens[at - 1].upper in {
            "WITH",
            "RETURN",
            "DISTINCT",
            "YIELD",
        }
        any_label = token.is_sign("%") and self.tokens[at - 1].is_sign(*_BEFORE_ANY_LABEL)
        self.ended = token.is_sign(*_CLOSING) or star_of_all or any_label

    def _word(self, at: int, token: Token) -> None:
        """Take a word that is a keyword or an operand, by its place."""
        before = self._at(at - 1)
        inside = before is not None and before.is_sign(*_BEFORE_AN_OPERAND)
        variable = not self.ended and self._is_variable(at, token)
        never = token.upper in NEVER and not inside and not variable
        unknown = token.upper not in WORDS if self.ended else never
        if unknown and at not in self.named:
            raise _refused(token, f"{token.text} is not allowed here")
        if token.upper == "CALL" and not (inside and variable):
            self._call(at)
        if token.upper == "AS" and self.ended:
            self.renames = at
        self.ended = token.upper in ENDING if self.ended else token.upper not in GOING_ON

    def _is_variable(self, at: int, token: Token) -> bool:
        """Whether a word where an operand may stand is one for what follows it: `WHERE set.current`."""
        following, after = self._at(at + 1), self._at(at + 2)
        if token.upper == "TRANSACTIONS":  # ends CALL { ... } IN TRANSACTIONS
            return False
        if following and following.is_sign(".") and after and after.kind is Kind.NUMBER:
            return False  # the number .5
        return following is None or following.is_sign(*_AFTER_A_VARIABLE)

    def _operand(self, at: int, token: Token) -> None:
        """Take a name, string or number, which never follows another."""
        joined = at > 0 and self.tokens[at - 1].is_sign(".", "..")
        if self.ended and not joined:
            raise _refused(token, f"a {token.kind.value} is not allowed here")
        self.ended = True

    def _call(self, at: int) -> None:
        """Check the procedure that CALL names; a subquery is checked as it comes."""
        following = self._at(at + 1)
        if following is None:
            raise _refused(self.tokens[at], "CALL names nothing")
        if following.is_sign("(", "{"):
            return
        end = at + 1
        while (dot := self._at(end + 1)) and dot.is_sign(".") and self._at(end + 2):
            end += 2
        parts = self.tokens[at + 1 : end + 1 : 2]
        name = ".".join(part.text for part in parts)
        if name not in PROCEDURES or any(part.kind is not Kind.WORD for part in parts):
            raise _refused(following, f"the procedure {name} is not allowed")
        self.named.add(end)

    def _bracket(self, at: int) -> None:
        """Check the function whose arguments open here, if one's do."""
        start = at - 1
        last = self._at(start)
        if last is None or last.kind not in {Kind.WORD, Kind.NAME} or start in self.named:
            return
        while (
            start > 1
            and self.tokens[start - 1].is_sign(".")
            and self.tokens[start - 2].kind in {Kind.WORD, Kind.NAME}
        ):
            start -= 2
        parts = self.tokens[start:at:2]
        name = ".".join(part.text for part in parts)
        if len(parts) == 1 and (last.upper in WORDS or self._is_hint(at)):
            return
        if name.lower() not in FUNCTIONS or any(part.kind is not Kind.WORD for part in parts):
            raise _refused(parts[0], f"the function {name} is not allowed")

    def _is_hint(self, at: int) -> bool:
        """Whether the bracket is that of `USING INDEX n:Label(property)`."""
        colon, hint = self._at(at - 2), self._at(at - 4)
        return bool(colon and colon.is_sign(":") and hint and hint.upper in {"INDEX", "SEEK"})
