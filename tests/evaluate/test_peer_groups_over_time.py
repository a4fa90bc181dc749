"""Whatever towns answer and whenever they look: no two views that were ever shown differ by one to four towns."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluate.benchmark.groups import Family, Scope
from evaluate.models import CurrentResult, EvaluationRun, PeerGroup, PeerRelease, QuestionnaireVersion
from evaluate.services.peer_groups import peer_groups_look
from portal.places.models import Municipality
from tests.evaluate.factories import current_result, questionnaire_version
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
TOWNS = 26
TOWN = st.integers(0, TOWNS - 1)
# Some results (of towns again, without the criterion, public), a town that takes its result back, a look.
TOWNS_RESULT = st.tuples(TOWN, st.booleans(), st.sampled_from([False, False, True]))
ANSWER = st.tuples(st.just("answer"), st.lists(TOWNS_RESULT, min_size=1, max_size=12))
STEP = st.one_of(
    ANSWER,
    ANSWER,
    st.tuples(st.just("withdraw"), TOWN),
    st.tuples(st.just("look"), TOWN),
    st.tuples(st.just("look"), TOWN),
)


class Watcher:
    """Takes down every view that somebody saw, as it was when she saw it."""

    def __init__(self, version: QuestionnaireVersion) -> None:
        self.scope = Scope(version.questionnaire_id, version.scoring_signature)
        self.seen: dict[tuple[str, tuple[str, ...]], dict[int, int]] = {}
        self.results: dict[int, dict[int, bool]] = {}

    def look(self, town: Municipality) -> None:
        PeerGroup.objects.update(checked_at=timezone.now() - timedelta(hours=2))
        has_it = {result.run_id: "criterion:mide" in result.shares for result in CurrentResult.objects.all()}
        known = set(PeerRelease.objects.values_list("pk", flat=True))
        for group in peer_groups_look(scope=self.scope, municipality=town):
            release = group.release and PeerRelease.objects.get(pk=group.release_id)
            if release is None:
                continue
            assert release.count == len(release.results) >= 5
            if release.pk in known:
                continue
            self.note("total", release.results)
            figure = release.figures.get("criterion:mide")
            if figure and "since" not in figure:
                held = {place: run for place, run in release.results.items() if has_it[run]}
                assert figure["n"] == len(held) >= 5
                self.note("criterion:mide", held)
                self.check_alone(held)
            self.check_alone(release.results)

    def check_alone(self, results: dict[int, int]) -> None:
        """Nobody reads the public results out of a view and is left with a few."""
        assert not 1 <= len(set(results.values()) - self.public()) <= 4

    def public(self) -> set[int]:
        runs = EvaluationRun.objects.filter(evaluation__published_at__isnull=False)
        return set(runs.values_list("pk", flat=True))

    def note(self, key: str, results: dict[int, int]) -> None:
        self.seen[key, tuple(sorted(f"{town}:{run}" for town, run in results.items()))] = results

    def check(self) -> None:
        public = self.public()
        for (one_key, one), (other_key, other) in combinations(
            [(key, results) for (key, _mark), results in self.seen.items()], 2
        ):
            if one_key == other_key:
                towns = {town for town in one.keys() | other.keys() if one.get(town) != other.get(town)}
                assert not 1 <= len(towns) <= 4, (one_key, towns)
                unknown = {town for town, run in one.items() ^ other.items() if run not in public}
                assert not 1 <= len(unknown) <= 4, (one_key, unknown)

    def check_rest(self) -> None:
        shown = PeerGroup.objects.filter(release__isnull=False).select_related("release")
        whole = next((set(group.release.towns) for group in shown if group.family == Family.ALL), set())
        runs = next((group.release.results for group in shown if group.family == Family.ALL), {})
        for family in (Family.PROVINCE, Family.POPULATION):
            parts = [set(group.release.towns) for group in shown if group.family == family]
            rest = whole.difference(*parts) if parts else set()
            assert not 1 <= len(rest) <= 4, (family, rest)
            public = {town for town, run in runs.items() if run in self.public()}
            assert not 1 <= len(rest - public) <= 4, (family, rest)


@given(st.lists(STEP, min_size=4, max_size=30))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_two_views_differ_by_one_to_four_towns(steps):
    with transaction.atomic():
        version = questionnaire_version()
        towns = [
            MunicipalityFactory(
                region_code=("06", "14", "82")[place % 3],
                region_name=("Buenos Aires", "Córdoba", "Santa Fe")[place % 3],
                population=4_000 + 900 * place,
            )
            for place in range(TOWNS)
        ]
        watcher = Watcher(version)
        for kind, what in [*steps, *(("look", town) for town in (0, 1, 2, 12))]:
            if kind == "answer":
                for place, has_it, is_public in what:
                    extra = {"criterion__mide": 0.5} if has_it else {}
                    current_result(version, towns[place], is_public=is_public, **extra)
            elif kind == "withdraw":
                CurrentResult.objects.filter(municipality=towns[what]).delete()
            else:
                watcher.look(towns[what])
                watcher.check_rest()
        watcher.check()
        transaction.set_rollback(True)


def test_the_property_is_not_empty(monkeypatch):
    """Without the rule the very same check fails: two looks around one town's result would show it."""
    monkeypatch.setattr("evaluate.services.peer_groups.FEWEST", 1)
    version = questionnaire_version()
    watcher = Watcher(version)
    towns = [MunicipalityFactory() for _number in range(6)]
    for town in towns[:5]:
        current_result(version, town)
    watcher.look(towns[0])
    current_result(version, towns[5])
    watcher.look(towns[0])
    monkeypatch.setattr("evaluate.services.peer_groups.too_close", lambda one, other: False)
    PeerGroup.objects.update(release=None)
    watcher.look(towns[0])
    with pytest.raises(AssertionError):
        watcher.check()
