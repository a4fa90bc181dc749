"""Invented people in any number, made by the database itself, to show the directory full and to measure it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils.translation import gettext as _

from connect.models import Profile
from connect.services.directory import directory_counts_add_up, directory_refresh
from portal.accounts.models import Membership, User
from portal.core.starter import SampleWish
from portal.places.models import Municipality
from portal.topics.models import PolicyArea, Topic

# As many as the network has.
DEFAULT_COUNT = 1845
BATCH = 5_000
WRITERS = 2
BATCHES_PER_SUM = 10
DOMAIN = "generadas.muestra.example"
_BEGINNING = "persona-"
# Where the network has members besides Argentina's.
_ABROAD = ("BO", "BR", "CL", "CO", "CR", "EC", "ES", "GT", "MX", "PA", "PE", "PY", "UY")
_FIRST = (
    "Alicia", "Andrés", "Beatriz", "Camilo", "Cecilia", "Darío", "Débora", "Emilio", "Estela", "Facundo", "Gabriela",
    "Gustavo", "Inés", "Ignacio", "Jimena", "Joaquín", "Lucía", "Marcelo", "Noelia", "Óscar", "Paula", "Ramiro",
    "Silvina", "Tomás", "Valeria", "Walter", "Ximena", "Zulema", "Mateo",
)  # fmt: skip
_LAST = (
    "Acosta", "Benítez", "Cáceres", "Domínguez", "Espíndola", "Ferreyra", "Godoy", "Herrera", "Ibáñez", "Juárez",
    "Ledesma", "Maldonado", "Navarro", "Ojeda", "Peralta", "Quiroga", "Ríos", "Sosa", "Toledo", "Vera", "Zárate",
)  # fmt: skip
_POSITIONS = (
    "Directora de Ambiente", "Secretario de Hacienda", "Coordinadora de Salud", "Responsable de Modernización",
    "Subsecretaria de Desarrollo Social", "Director de Obras Públicas", "Jefa de la Oficina de Empleo",
    "Coordinador de Participación", "Directora de Cultura", "Inspector General", "Secretaria de Gobierno",
)  # fmt: skip
_OFFERS = (
    "Puedo contar cómo trabajamos %s con poco presupuesto.", "Tenemos ordenanza y manual de %s.",
    "Capacito equipos en %s.", "Medimos los resultados de %s desde hace años.",
)  # fmt: skip
_SEEKS = (
    "Busco experiencias de %s en municipios como el mío.", "Quiero ver una ordenanza de %s.",
    "Necesito indicadores de %s.",
)  # fmt: skip
# Every choice is drawn from the person's number and the seed, so that the same wish gives the same people.
MAKE_PEOPLE = """
    WITH numbers AS MATERIALIZED (
        SELECT n, abs(hashint8extended(n, %(seed)s) %% 1000000007) AS a,
            abs(hashint8extended(n, %(seed)s + 1) %% 1000000007) AS b
        FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
    ), drawn AS MATERIALIZED (
        SELECT *, (%(topics)s::text[])[1 + b %% %(topic_count)s] AS offered,
            (%(topics)s::text[])[1 + (a / 7) %% %(topic_count)s] AS sought,
            (%(names)s::text[])[1 + b %% %(topic_count)s] AS offered_name,
            (%(names)s::text[])[1 + (a / 7) %% %(topic_count)s] AS sought_name
        FROM numbers
    ), people AS (
        INSERT INTO accounts_user (password, is_superuser, public_id, email, name, is_staff, is_active, is_sample,
            language, time_zone, date_joined, former_of)
        SELECT '!', false, gen_random_uuid(), %(beginning)s || n || '@' || %(domain)s,
            (%(first_names)s::text[])[1 + a %% %(first_count)s] || ' '
                || (%(last_names)s::text[])[1 + b %% %(last_count)s] || ' '
                || (%(last_names)s::text[])[1 + (a / 31) %% %(last_count)s],
            false, true, true, 'es', 'America/Argentina/Buenos_Aires', now(), ''
        FROM drawn RETURNING id, email
    ), known AS MATERIALIZED (
        SELECT people.id, drawn.* FROM people
        JOIN drawn ON people.email = %(beginning)s || drawn.n || '@' || %(domain)s
    ), work AS (
        INSERT INTO accounts_membership (created_at, updated_at, public_id, user_id, municipality_id, position, role,
            status, started_on)
        SELECT now(), now(), gen_random_uuid(), id, (%(towns)s::bigint[])[1 + a %% %(town_count)s],
            (%(positions)s::text[])[1 + b %% %(position_count)s],
            CASE WHEN a %% 20 = 0 THEN 'coordinator' ELSE 'member' END, 'active', current_date - (b %% 3000)::int
        FROM known
    )
    INSERT INTO connect_profile (created_at, updated_at, user_id, listed_at, about, areas, offers, offer_topics, seeks,
        seek_topics, languages, links, availability, availability_note, visibility, active_on, asks_received,
        asks_answered)
    SELECT now(), now(), id, now() - make_interval(days => (a %% 700)::int), 'Trabajo en ' || offered_name || '.',
        ARRAY[(%(areas)s::text[])[1 + a %% %(area_count)s]],
        format((%(offers)s::text[])[1 + a %% %(offer_count)s], offered_name), ARRAY[offered],
        format((%(seeks)s::text[])[1 + b %% %(seek_count)s], sought_name), ARRAY[sought],
        ARRAY['es'], '[]'::jsonb, 'open', '',
        CASE WHEN a %% 4 = 0 THEN '{"name": "public", "work": "public", "offers": "public"}'::jsonb
            ELSE '{}'::jsonb END,
        current_date - (b %% 400)::int, 0, 0
    FROM known RETURNING user_id
"""


def people_generate(wish: SampleWish) -> Iterator[int]:
    """Fill the directory up to a number of invented people; yields how many there are after each batch.

    Each batch is committed on its own, so that what was made stays when the rest is interrupted; the next call goes
    on from there.

    Raises:
        ImproperlyConfigured: there are no towns or topics that they could work in and on.
    """
    there, last = people_made_so_far()
    end = last + wish.count - there
    yield there
    if last >= end:
        return
    batches = [(first, min(first + BATCH - 1, end)) for first in range(last + 1, end + 1, BATCH)]
    for done, until in enumerate(_each_written(drawn_from(wish), batches), start=1):
        if done % BATCHES_PER_SUM == 0:
            directory_counts_add_up()
        yield there + until - last
    directory_counts_add_up()


def people_remove_generated() -> int:
    """Take every generated person away, thousands at a time; returns how many there were."""
    removed = 0
    people = User.objects.samples().filter(email__endswith=f"@{DOMAIN}").order_by("pk")
    while ids := list(people.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            Profile.objects.filter(user_id__in=ids).delete()
            Membership.objects.filter(user_id__in=ids).delete()
            User.objects.filter(pk__in=ids).delete()
        removed += len(ids)
    directory_counts_add_up()
    return removed


def _each_written(drawn: dict[str, Any], batches: list[tuple[int, int]]) -> Iterator[int]:
    """Write batches, two at a time, for the database has more than one processor; yields the last number of each."""
    if connection.in_atomic_block:
        # What the caller's transaction holds, no other connection sees.
        for batch in batches:
            yield _write(drawn, batch)
        return
    with ThreadPoolExecutor(WRITERS) as writers:
        yield from writers.map(partial(_write_apart, drawn), batches)


def _write_apart(drawn: dict[str, Any], batch: tuple[int, int]) -> int:
    try:
        return _write(drawn, batch)
    finally:
        connection.close()


@transaction.atomic
def _write(drawn: dict[str, Any], batch: tuple[int, int]) -> int:
    first, last = batch
    with connection.cursor() as cursor:
        cursor.execute(MAKE_PEOPLE, {**drawn, "first": first, "last": last})
        made = [key for (key,) in cursor.fetchall()]
    directory_refresh(user_ids=made)
    return last


def people_made_so_far() -> tuple[int, int]:
    """Return how many there are, and the last one's number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(max(substr(split_part(email, '@', 1), %s)::bigint), 0)"
            " FROM accounts_user WHERE is_sample AND email LIKE %s",
            [len(_BEGINNING) + 1, f"{_BEGINNING}%@{DOMAIN}"],
        )
        there, last = cursor.fetchone()
        return there, last


def drawn_from(wish: SampleWish) -> dict[str, Any]:
    """Return what the invented people are put together of."""
    towns = list(_towns(wish.cities))
    topics = list(Topic.objects.order_by("slug").values_list("slug", "name_es"))
    areas = list(PolicyArea.objects.order_by("slug").values_list("slug", flat=True))
    if not (towns and topics and areas):
        raise ImproperlyConfigured(_("Faltan municipios o temas: cargalos primero con `manage.py prepare`."))
    lists: dict[str, tuple[str, list[Any]]] = {
        "topics": ("topic_count", [slug for slug, _name in topics]),
        "names": ("topic_count", [name.lower() for _slug, name in topics]),
        "areas": ("area_count", areas),
        "towns": ("town_count", towns),
        "first_names": ("first_count", list(_FIRST)),
        "last_names": ("last_count", list(_LAST)),
        "positions": ("position_count", list(_POSITIONS)),
        "offers": ("offer_count", list(_OFFERS)),
        "seeks": ("seek_count", list(_SEEKS)),
    }
    values: dict[str, Any] = {"seed": wish.seed, "beginning": _BEGINNING, "domain": DOMAIN}
    for name, (count, items) in lists.items():
        values |= {name: items, count: len(items)}
    return values


def _towns(count: int) -> Iterator[int]:
    """Return municipalities: four of five in Argentina where there are that many, the rest in the countries around."""
    at_home = Municipality.objects.filter(country_id="AR").order_by("-population", "id")
    home = list(at_home.values_list("pk", flat=True)[: -(-count * 4 // 5)])
    yield from home
    abroad = Municipality.objects.filter(country_id__in=_ABROAD).order_by("-population", "id")
    yield from abroad.values_list("pk", flat=True)[: count - len(home)]
