"""Invented conversations in any number, made by the database itself, to show the portal full and to measure it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.catalog.services import entries_publish, entry_withdraw
from portal.core.starter import SampleWish
from portal.facets.addends import addends_add_up
from portal.places.models import Municipality
from portal.topics.models import PolicyArea, Topic
from share.models import ListCount, Post, Thread
from share.querysets.threads import KIND
from share.threads.entries import drafts_of

DEFAULT_COUNT = 3_000
# Conversations that are made at a time; about nine thousand posts, and one conversation of a thousand.
BATCH = 1_000
LONG = 1_000
_MARK = r"\(n\.º ([0-9]+)\)$"
_QUESTIONS = (
    "¿Cómo empezaron con %s?", "¿Quién tiene una ordenanza de %s?", "¿Con qué equipo trabajan %s?",
    "¿Cómo miden los resultados de %s?", "¿Qué les costó más de %s?", "¿Cuánto cuesta por año %s?",
)  # fmt: skip
_SENTENCES = (
    "Empezamos con dos barrios y un equipo de cuatro personas.",
    "Lo más difícil fue sostenerlo después del primer año.",
    "La ordenanza está publicada y se puede copiar.", "Lo medimos cada trimestre con una planilla simple.",
    "Nos ayudó mucho hablar antes con las escuelas.", "El presupuesto salió de una partida que ya existía.",
    "Si lo hiciéramos de nuevo, compraríamos antes los materiales.",
    "La clave fue contarlo en cada reunión de vecinos.",
)  # fmt: skip
# Every choice is drawn from the conversation's number and the seed, so that the same wish gives the same ones.
_MAKE_THREADS = """
    INSERT INTO share_thread (kind, title, language, visibility, author_id, municipality_id, areas, topics, about_kind,
        about_title, about_url, outcome, outcome_html, created_at, last_number, last_post_at, last_post_by_id, replies,
        answers, accepted, supporters, version, is_pinned, is_locked, slow_mode_seconds, is_sample, facet_keys)
    SELECT CASE WHEN a %% 5 = 0 THEN 'discussion' ELSE 'question' END,
        format((%(questions)s::text[])[1 + a %% %(question_count)s], (%(names)s::text[])[1 + b %% %(topic_count)s])
            || ' (n.º ' || n || ')',
        %(language)s, CASE WHEN a %% 2 = 0 THEN 'public' ELSE 'members' END,
        (%(people)s::bigint[])[1 + a %% %(person_count)s], (%(towns)s::bigint[])[1 + b %% %(town_count)s],
        ARRAY[(%(areas)s::text[])[1 + a %% %(area_count)s]], ARRAY[(%(topics)s::text[])[1 + b %% %(topic_count)s]],
        '', '', '', '', '', began, size, began + size * interval '37 minutes',
        (%(people)s::bigint[])[1 + b %% %(person_count)s], 0, 0, 0, 0, 0, false, false, 0, true, '{}'
    FROM (
        SELECT n, a, b, now() - interval '40 days' - (a %% 1000) * interval '1 day' - (b %% 1440) * interval '1 minute'
                AS began, CASE WHEN n %% %(batch)s = 0 THEN %(long)s ELSE 1 + (b %% 17)::int END AS size
        FROM (SELECT n, abs(hashint8extended(n, %(seed)s) %% 1000000007) AS a,
                abs(hashint8extended(n, %(seed)s + 1) %% 1000000007) AS b
            FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n) AS drawn
    ) AS made
    RETURNING id
"""
# Of three posts after the opening one two are answers, and the one between them comments on the first.
_MAKE_POSTS = """
    INSERT INTO share_post (thread_id, number, parent_id, branch, author_id, municipality_id, text, html, status,
        created_at, accepted_at, thanks)
    SELECT id, number, %(parent)s, branch, (%(people)s::bigint[])[1 + c %% %(person_count)s],
        (%(towns)s::bigint[])[1 + c %% %(town_count)s], said, '<p>' || said || '</p>', 'visible',
        began + number * interval '37 minutes',
        CASE WHEN number = 2 AND kind = 'question' AND id %% 3 = 0 THEN began + interval '2 days' END, 0
    FROM (
        SELECT thread.id, thread.kind, thread.created_at AS began, number, c,
            CASE WHEN number %% 3 = 0 THEN number - 1 ELSE number END AS branch,
            (%(sentences)s::text[])[1 + c %% %(sentence_count)s] || ' '
                || (%(sentences)s::text[])[1 + (c / 11) %% %(sentence_count)s] AS said
        FROM share_thread AS thread, generate_series(1, thread.last_number) AS number,
            LATERAL (
                SELECT abs(hashint8extended(thread.id * 100000 + number, %(seed)s) %% 1000000007) AS c
            ) AS drawn
        WHERE thread.id = ANY(%(threads)s) AND (number %% 3 = 0) = %(are_comments)s
    ) AS made
"""
_NO_PARENT = "NULL::bigint"
_PARENT = """(
    SELECT answer.id FROM share_post AS answer WHERE answer.thread_id = made.id AND answer.number = made.branch
)"""


def threads_generate(wish: SampleWish) -> Iterator[int]:
    """Fill the portal up to a number of invented posts; yields how many there are after each batch.

    Each batch is committed on its own, so that what was made stays when the rest is interrupted; the next call goes
    on from there.

    Raises:
        ImproperlyConfigured: there are no people, towns or topics.
    """
    there, last = posts_made_so_far()
    yield there
    drawn = _drawn_from(wish)
    while there < wish.count:
        there += _write(drawn, last + 1, last + BATCH)
        last += BATCH
        addends_add_up(model=ListCount)
        yield there


def threads_remove_generated() -> int:
    """Take every generated conversation away, a batch at a time; returns how many there were."""
    removed = 0
    rows = Thread.objects.filter(is_sample=True, title__regex=_MARK).order_by("pk")
    while ids := list(rows.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            entry_withdraw(kind=KIND, object_ids=ids)
            Post.objects.filter(thread__in=ids, parent__isnull=False).delete()
            Thread.objects.filter(pk__in=ids).delete()
        removed += len(ids)
    addends_add_up(model=ListCount)
    return removed


def posts_made_so_far() -> tuple[int, int]:
    """Return how many posts there are in generated conversations, and the last one's number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(last_number), 0), coalesce(max(substring(title FROM %s)::bigint), 0)"
            " FROM share_thread WHERE is_sample AND title ~ %s",
            [_MARK, _MARK],
        )
        there, last = cursor.fetchone()
        return int(there), int(last)


@transaction.atomic
def _write(drawn: dict[str, Any], first: int, last: int) -> int:
    """Make conversations and what is said in them; returns how many posts there are."""
    with connection.cursor() as cursor:
        cursor.execute(_MAKE_THREADS, {**drawn, "first": first, "last": last})
        made = [key for (key,) in cursor.fetchall()]
        posts = 0
        for parent, are_comments in ((_NO_PARENT, False), (_PARENT, True)):
            statement = _MAKE_POSTS.replace("%(parent)s", parent)
            cursor.execute(statement, {**drawn, "threads": made, "are_comments": are_comments})
            posts += int(cursor.rowcount)
    entries_publish(drafts=drafts_of(made))
    return posts


def _drawn_from(wish: SampleWish) -> dict[str, Any]:
    """Return what the invented conversations are put together of."""
    people = list(
        User.objects.samples().filter(is_active=True).order_by("pk").values_list("pk", flat=True)[:2_000]
    )
    topics = list(Topic.objects.order_by("slug").values_list("slug", "name_es"))
    largest = Municipality.objects.order_by("-population", "id").values_list("pk", flat=True)
    towns = list(largest.filter(country_id="AR")[: wish.cities] or largest[: wish.cities])
    if not (people and topics and towns):
        raise ImproperlyConfigured(
            _("Faltan personas, municipios o temas: cargalos primero con `manage.py prepare`.")
        )
    lists: dict[str, tuple[str, list[Any]]] = {
        "people": ("person_count", people),
        "towns": ("town_count", towns),
        "topics": ("topic_count", [slug for slug, _name in topics]),
        "names": ("topic_count", [name.lower() for _slug, name in topics]),
        "areas": ("area_count", list(PolicyArea.objects.order_by("slug").values_list("slug", flat=True))),
        "questions": ("question_count", list(_QUESTIONS)),
        "sentences": ("sentence_count", list(_SENTENCES)),
    }
    values: dict[str, Any] = {
        "seed": wish.seed,
        "batch": BATCH,
        "long": LONG,
        "language": settings.LANGUAGE_CODE,
    }
    for name, (count, items) in lists.items():
        values |= {name: items, count: len(items)}
    return values
