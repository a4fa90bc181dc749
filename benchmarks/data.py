"""What the benchmark works on: an installation with its starter content, a practitioner, and a library of a size."""

import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.db import connection

from inspire.models import Solution
from inspire.samples import solutions_generate
from portal.accounts.models import Membership, User
from portal.core.starter import SampleWish
from portal.places.models import Municipality

# As the real portal has it; a larger library is of more places.
SOLUTIONS_OF_A_CITY = 8
MOST_CITIES = 10_000


def prepare(solutions: int) -> None:
    """Bring the installation to this version and the library to its size."""
    # What the commands say is no figure.
    with redirect_stdout(sys.stderr):
        call_command("prepare", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    _grow_library(solutions)


def _grow_library(size: int) -> None:
    """Fill the library up with invented examples, as `manage.py generate_samples` does."""
    real = Solution.objects.filter(is_sample=False).count()
    cities = min(max(SampleWish.cities, size // SOLUTIONS_OF_A_CITY), MOST_CITIES)
    for count in solutions_generate(SampleWish(count=size - real, cities=cities)):
        print(f"{count} examples", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        # As the database does by itself some minutes later.
        cursor.execute("VACUUM ANALYZE inspire_solution, inspire_facetcount, catalog_entry")


def practitioner() -> User:
    """Return a practitioner who works in a municipality."""
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
    return user


def practitioner_cookie() -> str:
    """Return the practitioner's session cookie."""
    return session_cookie(practitioner())


def session_cookie(user: User) -> str:
    """Return the session cookie of somebody who is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "portal.accounts.backends.AffiliatedBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"
