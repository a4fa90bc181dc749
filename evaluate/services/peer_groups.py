"""Releasing the figures of peer groups: rarely, and never so that two of them can be told apart by a few towns."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from evaluate.benchmark.figures import lacking_of, quartiles_of
from evaluate.benchmark.groups import Family, GroupKey, Scope, group_keys, results_of
from evaluate.benchmark.separation import (
    FEWEST,
    View,
    differing,
    held_by,
    keys_too_close,
    leaves_a_few,
    mask_of,
    may_be_close,
    too_close,
    unknown_of,
)
from evaluate.models import EvaluationRun, PeerGroup, PeerRelease
from portal.places.models import Municipality

CHECKED_EVERY = timedelta(hours=1)
# A group of hundreds is released anew when a twentieth of it changed: its figures hardly move before.
SHARE_CHANGED = 20
# Groups of these families do not overlap, so that together they could be taken away from all.
DISJOINT = (Family.PROVINCE, Family.POPULATION)
TOTAL = "total"
Withheld = PeerGroup.Withheld


@dataclass(frozen=True)
class Members:
    """Whose results a group would hold if it were released now."""

    results: dict[int, int]
    oldest_at: datetime
    newest_at: datetime
    # The runs of the scope that everybody can read, old ones too.
    known: frozenset[int]

    @property
    def unknown(self) -> dict[int, int]:
        """The results that are not public."""
        return unknown_of(self.results, self.known)


def peer_groups_look(*, scope: Scope, municipality: Municipality | None) -> list[PeerGroup]:
    """Return the groups that a town may look at with the figures to show, checked at most once an hour.

    All of a scope's checks wait for each other, because what may be released depends on what already was; a reader who
    finds somebody else checking sees what there is.
    """
    keys = group_keys(municipality)
    groups = _groups(scope, keys)
    due = [key for key in keys if _is_due(groups.get(key))]
    if due:
        _check(scope, due, must_wait=any(key not in groups for key in due))
        groups = _groups(scope, keys)
    return [groups[key] for key in keys if key in groups]


@transaction.atomic
def peer_group_check(*, scope: Scope, group: GroupKey) -> PeerGroup:
    """Release a group's figures anew if enough of its results changed and nobody could be told by the difference.

    The caller holds the scope's lock.
    """
    row, _is_new = PeerGroup.objects.get_or_create(**scope.fields, family=group.family, key=group.key)
    row.withheld = _update(scope, row)
    row.checked_at = timezone.now()
    row.save(update_fields=["release", "withheld", "checked_at"])
    return row


def _is_due(group: PeerGroup | None) -> bool:
    return group is None or not group.checked_at or timezone.now() - group.checked_at >= CHECKED_EVERY


def _groups(scope: Scope, keys: list[GroupKey]) -> dict[GroupKey, PeerGroup]:
    wanted = Q()
    for key in keys:
        wanted |= Q(family=key.family, key=key.key)
    rows = PeerGroup.objects.filter(wanted, **scope.fields).select_related("release")
    rows = rows.defer("release__towns", "release__runs", "release__holders")
    return {GroupKey(row.family, row.key): row for row in rows}


def _check(scope: Scope, due: list[GroupKey], *, must_wait: bool) -> None:
    with transaction.atomic():
        if _lock(scope, must_wait=must_wait):
            for key in due:
                peer_group_check(scope=scope, group=key)


def _lock(scope: Scope, *, must_wait: bool) -> bool:
    """Hold the scope until the transaction ends; without waiting, say whether it could be held."""
    name = "pg_advisory_xact_lock" if must_wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name}(hashtextextended(%s, 0))",
            [f"peer-groups:{scope.questionnaire_id}:{scope.signature}:{scope.is_sample}"],
        )
        return cursor.fetchone()[0] is not False


def _update(scope: Scope, row: PeerGroup) -> str:
    """Put new figures into a group where that is allowed; returns why not, or nothing."""
    members = _members(scope, GroupKey(row.family, row.key))
    if members is None:
        return Withheld.FEW if row.release is None else ""
    if row.release and not _has_changed(row.release, members):
        return ""
    released = list(_released(scope, members.results))
    reason = _objection(scope, row, members, released)
    if reason == Withheld.CLOSE and row.family == Family.SIMILAR:
        return _adopt(row, members, released)
    if not reason:
        row.release = _release(row, members, released) or row.release
    return reason


def _members(scope: Scope, group: GroupKey) -> Members | None:
    """Read whose results a group holds now; None when they are fewer than five."""
    rows = results_of(scope, group).values_list("municipality_id", "run_id", "submitted_at")
    found = list(rows.order_by("municipality_id"))
    if len(found) < FEWEST:
        return None
    dates = [row[2] for row in found]
    return Members(
        results={row[0]: row[1] for row in found},
        oldest_at=min(dates),
        newest_at=max(dates),
        known=_public_runs(scope),
    )


def _public_runs(scope: Scope) -> frozenset[int]:
    """Return the runs that everybody can read: the last one of each evaluation whose result was made public."""
    runs = EvaluationRun.objects.filter(
        status=EvaluationRun.Status.DONE,
        evaluation__questionnaire=scope.questionnaire_id,
        evaluation__is_sample=scope.is_sample,
        evaluation__published_at__isnull=False,
    )
    last = runs.order_by("evaluation_id", "-pk").distinct("evaluation_id")
    return frozenset(last.values_list("pk", flat=True))


def _has_changed(release: PeerRelease, members: Members) -> bool:
    needed = max(FEWEST, release.count // SHARE_CHANGED)
    return differing(release.results, members.results) >= needed


def _released(scope: Scope, results: dict[int, int]) -> Iterable[PeerRelease]:
    """Return everything that was ever released of towns in a set; what shares none with it differs by all of both."""
    fields = {f"group__{name}": value for name, value in scope.fields.items()}
    rows = PeerRelease.objects.filter(**fields, towns__overlap=list(results))
    return rows.select_related("group").order_by("-pk")


def _objection(scope: Scope, row: PeerGroup, members: Members, released: list[PeerRelease]) -> str:
    """Say why the figures of these members must not be shown; nothing when they may."""
    unknown = members.unknown
    if 0 < len(unknown) < FEWEST:
        return Withheld.PUBLIC
    for other in released:
        results = other.results
        if too_close(members.results, results) or too_close(unknown, unknown_of(results, members.known)):
            return Withheld.CLOSE
    if _leaves_a_few(scope, row, members):
        return Withheld.REST
    return ""


def _leaves_a_few(scope: Scope, row: PeerGroup, members: Members) -> bool:
    """Say whether taking all the provinces, or all the sizes, away from the whole would leave a few towns."""
    families = DISJOINT if row.family == Family.ALL else tuple({row.family} & set(DISJOINT))
    if not families:
        return False
    shown = PeerGroup.objects.filter(
        **scope.fields, family__in=(Family.ALL, *families), release__isnull=False
    ).exclude(pk=row.pk)
    rows = list(shown.values_list("family", "release__towns", "release__runs"))
    views = [(family, dict(zip(towns, runs, strict=True))) for family, towns, runs in rows]
    views.append((row.family, members.results))
    whole: dict[int, int] = next((view for family, view in views if family == Family.ALL), {})
    unknown = unknown_of(whole, members.known)
    for family in families:
        parts = [view for each, view in views if each == family]
        if parts and (leaves_a_few(whole, parts) or leaves_a_few(unknown, parts)):
            return True
    return False


def _adopt(row: PeerGroup, members: Members, released: list[PeerRelease]) -> str:
    """Let a town look at the figures of a similar town's group that holds it too and is nearly the same."""
    own = int(row.key)
    is_in = own in members.results
    near = [
        other.pk
        for other in released
        if (not is_in or own in other.towns) and too_close(members.results, other.results)
    ]
    shown = PeerGroup.objects.filter(release__in=near, family=Family.SIMILAR).order_by("-release")
    if found := shown.select_related("release").first():
        row.release = found.release
        return ""
    return Withheld.CLOSE


def _release(row: PeerGroup, members: Members, released: list[PeerRelease]) -> PeerRelease | None:
    """Work out the figures and keep them; None when results changed under our hands."""
    towns, runs = list(members.results), list(members.results.values())
    figures = quartiles_of(runs)
    if TOTAL not in figures or figures[TOTAL].n != len(towns):
        return None
    partial = [key for key, each in figures.items() if each.n != len(towns)]
    holders = {key: frozenset(towns).difference(left) for key, left in lacking_of(runs, partial).items()}
    view = View(members.results, {key: each.n for key, each in figures.items()}, holders)
    hidden = _hidden(view, released, members.known)
    shown = {key: each for key, each in figures.items() if key not in hidden}
    return PeerRelease.objects.create(
        group=row,
        towns=towns,
        runs=runs,
        count=len(towns),
        figures=_carried(row, hidden) | {key: asdict(each) for key, each in shown.items()},
        holders={key: mask_of(towns, held) for key, held in holders.items() if key in shown},
        oldest_at=members.oldest_at,
        newest_at=members.newest_at,
        released_at=timezone.now(),
    )


def _hidden(view: View, released: list[PeerRelease], known: frozenset[int]) -> set[str]:
    """Return the keys whose figures must not be shown, alone or beside those that were."""
    unknown = view.without(known)
    hidden = unknown.few()
    for other in released:
        counts = _own_counts(other)
        if known or may_be_close(view.counts, counts):
            holders = {key: held_by(other.towns, mask) for key, mask in other.holders.items()}
            before = View(other.results, counts, holders)
            hidden |= keys_too_close(view, before)
            hidden |= keys_too_close(unknown, before.without(known)) if known else set()
    return hidden


def _carried(row: PeerGroup, hidden: set[str]) -> dict[str, Any]:
    """Keep showing the figures of before where new ones would differ by a few towns."""
    if row.release is None:
        return {}
    since = row.release.released_at.isoformat()
    before = {key: row.release.figures[key] for key in hidden & row.release.figures.keys()}
    return {key: {"since": since, **each} for key, each in before.items()}


def _own_counts(release: PeerRelease) -> dict[str, int]:
    """Return of how many towns each figure is; those carried over from an earlier release are that one's."""
    return {key: each["n"] for key, each in release.figures.items() if "since" not in each}
