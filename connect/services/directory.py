"""The directory's rows, derived from profiles, accounts and memberships: made anew for some people or for all."""

import json
from collections.abc import Iterable

from django.db import connection, transaction

from connect.models import DirectoryCount
from connect.people.entries import people_entries_refresh
from connect.services.directory_statement import ROWS_ANEW, level_ranks
from portal.accounts.models import Membership
from portal.facets.addends import addends_add_up

# So many people's rows are made by one statement when all are made.
_BATCH = 20_000
_LOCK = "SELECT 1 FROM connect_profile WHERE user_id = ANY (%s) ORDER BY user_id FOR UPDATE"
_NEXT = """
    SELECT max(user_id) FROM (
        SELECT user_id FROM (
            SELECT user_id FROM connect_profile WHERE user_id > %(after)s
            UNION SELECT user_id FROM connect_directoryentry WHERE user_id > %(after)s
        ) AS known ORDER BY user_id LIMIT %(batch)s) AS batch
"""
_IN_BATCH = """
    SELECT array_agg(DISTINCT user_id) FROM (
        SELECT user_id FROM connect_profile WHERE user_id > %(after)s AND user_id <= %(until)s
        UNION SELECT user_id FROM connect_directoryentry WHERE user_id > %(after)s AND user_id <= %(until)s
    ) AS known
"""
_RECOUNT = """
    INSERT INTO connect_directorycount (key, count)
    SELECT key, count(*) FROM connect_directoryentry, connect_counted_keys(audience, facet_keys) AS key GROUP BY key
"""


@transaction.atomic
def directory_refresh(*, user_ids: Iterable[int]) -> int:
    """Make these people's rows anew, in the transaction that changed what they are derived from.

    Whoever agreed, has an active account and works in a municipality or for the network has a row for each audience
    that may see her name; everybody else has none.

    Returns:
        how many rows were written or taken out; none where all of them were true already.
    """
    ids = sorted(set(user_ids))
    if not ids:
        return 0
    with connection.cursor() as cursor:
        # Two that refresh one person take turns, and so does the trigger that takes her out (migration 0002): whoever
        # is second reads what the first left. A statement's snapshot is older than the lock that it waits for.
        cursor.execute(_LOCK, [ids])
        cursor.execute(ROWS_ANEW, {"ids": ids, "ranks": json.dumps(level_ranks())})
        changed = int(cursor.fetchone()[0])
    people_entries_refresh(user_ids=ids)
    return changed


def directory_rebuild() -> int:
    """Make everybody's rows anew, some thousands of people at a time; returns how many rows had not been true."""
    changed, after = 0, 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_NEXT, {"after": after, "batch": _BATCH})
            until = cursor.fetchone()[0]
            if until is None:
                return changed
            cursor.execute(_IN_BATCH, {"after": after, "until": until})
            changed += directory_refresh(user_ids=cursor.fetchone()[0])
            after = until


def directory_refresh_member(*, membership_id: int) -> int:
    """Make the rows of the person whose work this is anew."""
    return directory_refresh(
        user_ids=Membership.objects.filter(pk=membership_id).values_list("user_id", flat=True)
    )


@transaction.atomic
def directory_recount() -> None:
    """Count the directory anew; whoever writes to it waits meanwhile, readers do not."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE connect_directoryentry IN SHARE MODE")
        cursor.execute("LOCK TABLE connect_directorycount IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM connect_directorycount")
        cursor.execute(_RECOUNT)


def directory_counts_add_up() -> int:
    """Replace the addends of each count by their sum; returns how many counts there are."""
    return addends_add_up(model=DirectoryCount)
