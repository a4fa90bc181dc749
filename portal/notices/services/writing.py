"""Writing notices into the database: each fact once, and one line for what belongs together."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.functional import Promise

from portal.core.plain_text import without_hidden
from portal.notices.models import MAX_TEXT, Notification
from portal.notices.texts import Text
from portal.notices.timing import Hours

MAX_REASON = 200
# Of a group that goes on, people get an e-mail at once and then no more than one every so often.
GROUP_PAUSE = timedelta(minutes=15)
# The person, the kind, and the group or, outside of groups, the fact.
Place = tuple[int, str, str, str]
STATUS, MODE = Notification.EmailStatus, Notification.EmailMode
_BLANKS = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")
# One document and not an array of values: one statement, whatever the number of people.
_INSERT = """
INSERT INTO notices_notification (
    public_id, user_id, kind, text, alone_text, url, fact, "group", number, is_folded, reason, named, created_at,
    is_in_portal, email_status, email_mode, email_problem, email_attempts, email_due_at
)
SELECT public_id, user_id, kind, text, alone_text, url, fact, "group", number, false, reason, named, %s,
    is_in_portal, email_status, email_mode, '', 0, email_due_at
FROM json_to_recordset(%s) AS line (
    public_id uuid, user_id bigint, kind text, text text, alone_text text, url text, fact text, "group" text,
    number integer, reason text, named bigint[], is_in_portal boolean, email_status text, email_mode text,
    email_due_at timestamptz
)
ORDER BY user_id
ON CONFLICT DO NOTHING
RETURNING id, user_id, fact, email_status = 'pending', email_mode, email_due_at
"""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One notice to one person, still to be written."""

    user_id: int
    language: str
    kind: str
    text: str | Promise | Text
    grouped_text: Text | None
    reason: str | Promise | Text
    url: str
    fact: str
    group: str
    named: tuple[int, ...]
    is_in_portal: bool
    mode: str
    hours: Hours
    due_at: datetime
    number: int = 1

    @property
    def place(self) -> Place:
        """Where it stands: what has one place is one line while it is unread."""
        return self.user_id, self.kind, self.group, "" if self.group else self.fact


@dataclass(frozen=True)
class Written:
    """A notice that was written now."""

    id: int
    user_id: int
    fact: str
    waits: bool
    mode: str
    due_at: datetime


class Sayings:
    """The words of texts, each put into a language once, however many read it."""

    def __init__(self) -> None:
        self._said: dict[tuple[int, str, int], str] = {}

    def of(self, line: Line) -> str:
        """Return what a line says, for the number of facts that it stands for."""
        is_several = line.number > 1 and line.grouped_text is not None
        return self.say(line.grouped_text if is_several else line.text, line.language, line.number, MAX_TEXT)

    def say(self, words: Any, language: str, number: int, longest: int) -> str:
        """Return words in a language on one line: no line break, no sign that is not seen, cut at a word."""
        key = id(words), language, number
        if key not in self._said:
            self._said[key] = _shortened(_in_words(words, language, number), longest)
        return self._said[key]


def lines_write(*, lines: Sequence[Line]) -> list[Written]:
    """Write notices, those of a fact that was told already left out; returns what was written now.

    The newest of a group becomes its head: the former one, if it was not read yet, is folded away and its e-mail, if
    it waits, is told by the new one. The database allows one head; where somebody else made one meanwhile, the lines
    that found no place are tried again behind it.
    """
    sayings = Sayings()
    written: list[Written] = []
    left = list(lines)
    while left:
        heads = _hold_heads(left)
        left = _untold(left)
        first: dict[Place, Line] = {}
        for line in left:
            first.setdefault(line.place, line)
        made = _insert([_after(line, heads.get(line.place)) for line in first.values()], heads, sayings)
        written += made
        done = {(each.user_id, each.fact) for each in made}
        left = [line for line in left if (line.user_id, line.fact) not in done]
    return written


def _hold_heads(lines: Sequence[Line]) -> dict[Place, Notification]:
    """Return the unread heads of the groups that these lines belong to, held until the transaction ends."""
    grouped = [line for line in lines if line.group]
    if not grouped:
        return {}
    heads = (
        Notification.objects.filter(
            user__in={line.user_id for line in grouped},
            kind__in={line.kind for line in grouped},
            group__in={line.group for line in grouped},
            read_at__isnull=True,
            is_folded=False,
        )
        .order_by("user_id", "id")
        .select_for_update(no_key=True)
    )
    return {(head.user_id, head.kind, head.group, ""): head for head in heads}


def _untold(lines: Sequence[Line]) -> list[Line]:
    """Return the lines whose fact was not told to their person yet."""
    known = Notification.objects.filter(
        Q(kind__in={line.kind for line in lines}),
        fact__in={line.fact for line in lines},
        user__in={line.user_id for line in lines},
    )
    already = set(known.values_list("user_id", "kind", "fact"))
    return [line for line in lines if (line.user_id, line.kind, line.fact) not in already]


def _after(line: Line, head: Notification | None) -> Line:
    """Return the line as the head of its group: it stands for the former one's facts too, if that one is open."""
    if head is None:
        return line
    due_at = line.hours.out_of_quiet(max(line.due_at, _next_of_group(line, head)))
    is_open = head.is_in_portal or head.email_status == STATUS.PENDING
    return replace(line, number=head.number + 1 if is_open else 1, due_at=due_at)


def _next_of_group(line: Line, head: Notification) -> datetime:
    """Return when another e-mail of the group may go at once: with the one that waits, or a pause after the last."""
    if line.mode != MODE.NOW or head.email_mode != MODE.NOW:
        return line.due_at
    if head.email_status == STATUS.PENDING:
        return head.email_due_at
    return head.emailed_at + GROUP_PAUSE if head.emailed_at else line.due_at


def _insert(lines: Sequence[Line], heads: dict[Place, Notification], sayings: Sayings) -> list[Written]:
    if not lines:
        return []
    folded = [heads[line.place].pk for line in lines if line.place in heads]
    if folded:
        former = Notification.objects.filter(pk__in=folded)
        former.to_send().update(email_status=STATUS.NOT_WANTED)
        former.update(is_folded=True)
    rows = [_row(line, sayings) for line in lines]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [timezone.now(), json.dumps(rows)])
        return [Written(*row) for row in cursor.fetchall()]


def _row(line: Line, sayings: Sayings) -> dict[str, Any]:
    return {
        "public_id": str(uuid4()),
        "user_id": line.user_id,
        "kind": line.kind,
        "text": sayings.of(line),
        "alone_text": sayings.say(line.text, line.language, 1, MAX_TEXT) if line.number > 1 else "",
        "url": line.url,
        "fact": line.fact,
        "group": line.group,
        "number": line.number,
        "reason": sayings.say(line.reason, line.language, 1, MAX_REASON) if line.reason else "",
        "named": list(line.named) or None,
        "is_in_portal": line.is_in_portal,
        "email_status": STATUS.NOT_WANTED if line.mode == MODE.NEVER else STATUS.PENDING,
        "email_mode": line.mode,
        "email_due_at": line.due_at.isoformat(),
    }


def _in_words(words: Any, language: str, number: int) -> str:
    if isinstance(words, Text) and words.many and number > 1:
        words = words.counting(number)
    with translation.override(language):
        return str(words)


def _shortened(text: str, longest: int) -> str:
    text = without_hidden(_BLANKS.sub(" ", text)).strip()
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + "…"
