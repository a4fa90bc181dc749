"""Notices: an announcement to everybody, telling ten thousand people, and what the badge costs beside its bare SQL."""

import argparse
import statistics
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from benchmarks.data import prepare  # noqa: E402
from benchmarks.report import table  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.notices.context import notices  # noqa: E402
from portal.notices.models import Announcement, Notification  # noqa: E402
from portal.notices.services import announcement_start, announcement_tell, notify  # noqa: E402
from portal.notices.services.memberships import REQUESTED  # noqa: E402
from portal.notices.texts import Text  # noqa: E402

PROMISE = 5_000
TOLD_BY_NOTIFY = 10_000
BADGES = 200
LANGUAGES = ("es-ar", "en", "pt-br")
_PEOPLE = """
INSERT INTO accounts_user (
    public_id, password, is_superuser, email, name, is_staff, is_active, is_sample, language, time_zone, date_joined,
    former_of
)
SELECT gen_random_uuid(), '', false, 'medicion-' || number || '@muestra.example', 'Medición ' || number, false, true,
    false, (ARRAY['es-ar', 'en', 'pt-br'])[1 + number %% 3],
    (ARRAY['America/Argentina/Buenos_Aires', 'America/Bogota', 'Europe/Madrid'])[1 + number %% 3], now(), ''
FROM generate_series(1, %s) AS number
ON CONFLICT DO NOTHING
"""


def people_grow(number: int) -> None:
    """Make so many accounts, in three languages and time zones."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [number])
        cursor.execute("VACUUM ANALYZE accounts_user")


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def announce() -> tuple[int, float]:
    """Tell everybody something; returns how many and how long it took."""
    author = User.objects.order_by("pk").first()
    assert author is not None
    announcement = Announcement.objects.create(
        text="El martes hay encuentro",
        text_en="A meeting on Tuesday",
        audience=Announcement.Audience.EVERYBODY,
    )
    announcement_start(announcement=announcement, actor=author)

    def tell() -> None:
        while announcement_tell(announcement_id=announcement.pk):
            pass

    taken = seconds(tell)
    announcement.refresh_from_db()
    fact = f"announcement:{announcement.pk}"
    assert announcement.told == Notification.objects.filter(kind="announcement", fact=fact).count()
    return announcement.told, taken


def tell_by_name(number: int, fact: str) -> float:
    """Tell many people one by one the same fact of a group; returns how long it took, reading the accounts included."""
    text = Text("%(person)s pidió sumarse a %(municipality)s.", person="Ana", municipality="Rafaela")
    several = Text.plural("Una persona", "%(number)s personas")

    def tell() -> None:
        people = User.objects.filter(email__startswith="medicion-").order_by("pk")[:number]
        notify(
            users=people, kind=REQUESTED, text=text, grouped_text=several, fact=fact, group="bench", url="/"
        )

    return seconds(tell)


def badge(user: User) -> float:
    """Return the median time of counting one person's unread notices, in milliseconds."""
    request = HttpRequest()
    request.user = user
    return (
        statistics.median(seconds(lambda: str(notices(request)["unread_notices"])) for _time in range(BADGES))
        * 1e3
    )


def bare_badge(user: User) -> float:
    """Return the median time of the driver's round trip with the same count, in milliseconds."""

    def count() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM notices_notification"
                " WHERE user_id = %s AND is_in_portal AND NOT is_folded AND read_at IS NULL",
                [user.pk],
            )
            cursor.fetchone()

    return statistics.median(seconds(count) for _time in range(BADGES)) * 1e3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--solutions", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    options = parser.parse_args()
    prepare(options.solutions)
    people_grow(options.people)
    told, taken = announce()
    number = min(TOLD_BY_NOTIFY, options.people)
    first, second = (tell_by_name(number, fact=f"bench:{time.time_ns()}") for _time in range(2))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE notices_notification")
    user = User.objects.filter(email="medicion-1@muestra.example").get()
    rows = [
        [f"announcement to {told:,} people", f"{told / taken:,.0f} notices/s", f"≥ {PROMISE:,}"],
        [f"notify() to {number:,}, the first of a group", f"{number / first:,.0f} notices/s", ""],
        [f"notify() to {number:,}, the next of the group", f"{number / second:,.0f} notices/s", ""],
        [
            f"the badge, among {Notification.objects.count():,} notices",
            f"{badge(user):.2f} ms; bare SQL {bare_badge(user):.2f} ms",
            "one indexed read",
        ],
    ]
    print("\n## Notices\n")
    print(table(["what", "measured", "promise"], rows))


if __name__ == "__main__":
    main()
