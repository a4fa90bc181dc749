"""What the benchmark works on: an installation with its starter content, a practitioner, and a library of a size."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command

from inspire.entries import drafts_of
from inspire.models import Solution
from portal.accounts.models import Membership, User
from portal.catalog.services import entries_publish
from portal.places.models import Municipality
from portal.topics.models import PolicyArea

SOURCE = "benchmark"


def prepare(solutions: int) -> None:
    """Bring the installation to this version and the library to its size."""
    call_command("prepare", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _grow_library(solutions)


def _grow_library(size: int) -> None:
    """Fill the library with rows that call themselves examples, spread over places and areas."""
    missing = size - Solution.objects.count()
    if missing <= 0:
        return
    places = list(Municipality.objects.filter(latitude__isnull=False).order_by("id")[:300])
    areas = list(PolicyArea.objects.all())
    start = Solution.objects.filter(source=SOURCE).count()
    rows = [_example(number, places[number % len(places)]) for number in range(start, start + missing)]
    made = Solution.objects.bulk_create(rows, batch_size=2000)
    through: Any = Solution.areas.through
    through.objects.bulk_create(
        [through(solution_id=row.pk, policyarea_id=areas[row.pk % len(areas)].pk) for row in made],
        batch_size=5000,
    )
    entries_publish(drafts=drafts_of(row.pk for row in made))


def _example(number: int, place: Municipality) -> Solution:
    return Solution(
        slug=f"ejemplo-de-medicion-{number}",
        source=SOURCE,
        source_id=str(number),
        title=f"Ejemplo de medición {number}",
        summary="Esta fila existe solo para medir la velocidad del portal y no cuenta nada de un lugar real.",
        what_was_done="Se generó con un programa. " * 20,
        country_id=place.country_id,
        municipality=place,
        place_name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        position_precision="place",
        status="published",
        published_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        is_sample=True,
    )


def practitioner_cookie() -> str:
    """Return the session cookie of a practitioner who works in a municipality."""
    user = User.objects.filter(email="medicion@muestra.example").first()
    if user is None:
        user = User.objects.create_user("medicion@muestra.example", None, name="Medición", is_sample=True)
        Membership.objects.create(
            user=user,
            municipality=Municipality.objects.filter(country_id="AR").earliest("id"),
            position="Medición",
            status=Membership.Status.ACTIVE,
            started_on=datetime(2026, 1, 1, tzinfo=UTC).date(),
        )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "portal.accounts.backends.AffiliatedBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"
