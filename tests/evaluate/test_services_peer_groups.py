"""Releasing the figures of peer groups."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evaluate.benchmark.groups import Family, Scope
from evaluate.models import CurrentResult, PeerGroup, PeerRelease, QuestionnaireVersion
from evaluate.services.peer_groups import peer_groups_look
from portal.places.models import Municipality
from tests.evaluate.factories import current_result, questionnaire_version
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
SHARES = [0.1, 0.2, 0.4, 0.7, 0.9]


def scope_of(version: QuestionnaireVersion, *, is_sample: bool = False) -> Scope:
    return Scope(version.questionnaire_id, version.scoring_signature, is_sample)


def look(version: QuestionnaireVersion, town: Municipality | None = None, **options) -> dict[str, PeerGroup]:
    """Look at the groups an hour later than anybody did."""
    PeerGroup.objects.update(checked_at=timezone.now() - timedelta(hours=2))
    return {
        group.family: group
        for group in peer_groups_look(scope=scope_of(version, **options), municipality=town)
    }


def towns(count: int, **fields) -> list[Municipality]:
    return [MunicipalityFactory(**fields) for _number in range(count)]


def test_quartiles_lie_between_the_nearest_values_in_proportion():
    version = questionnaire_version()
    for share in SHARES:
        current_result(version, total=share)
    release = look(version)[Family.ALL].release
    assert release.figures["total"] == {"n": 5, "q1": 20, "median": 40, "q3": 70}
    for share in (0.3, 0.5, 0.6, 1.0, 0.0):
        current_result(version, total=share)
    # 0, 10, 20, 30, 40, 50, 60, 70, 90, 100: the quartiles stand at places 2.25, 4.5 and 6.75 from 0.
    assert look(version)[Family.ALL].release.figures["total"] == {"n": 10, "q1": 23, "median": 45, "q3": 68}


def test_under_five_towns_nothing_is_released_and_the_reason_is_known():
    version = questionnaire_version()
    for share in SHARES[:4]:
        current_result(version, total=share)
    group = look(version)[Family.ALL]
    assert group.release is None
    assert group.withheld == PeerGroup.Withheld.FEW
    assert not PeerRelease.objects.exists()


def test_a_criterion_that_fewer_than_five_towns_counted_has_no_figures():
    version = questionnaire_version()
    for number, share in enumerate(SHARES + SHARES):
        extra = {"criterion__mide": share} if number < 4 else {"criterion__separa": share}
        current_result(version, total=share, **extra)
    figures = look(version)[Family.ALL].release.figures
    assert figures.keys() == {"total", "criterion:separa"}
    assert figures["criterion:separa"]["n"] == 6


def test_figures_stay_until_five_results_are_others():
    version = questionnaire_version()
    members = [current_result(version, total=share) for share in SHARES]
    first = look(version)[Family.ALL].release
    for _number in range(3):
        current_result(version, total=1.0)
    # A town that answers again is one result that changed, however often it does.
    for _again in range(2):
        current_result(version, members[0].municipality, total=1.0)
    assert look(version)[Family.ALL].release == first
    current_result(version, total=1.0)
    later = look(version)[Family.ALL].release
    assert later != first
    assert later.count == 9


def test_what_was_checked_within_the_hour_is_not_checked_again(django_assert_num_queries):
    version = questionnaire_version()
    for share in SHARES:
        current_result(version, total=share)
    look(version)
    with django_assert_num_queries(1):
        peer_groups_look(scope=scope_of(version), municipality=None)


def test_a_province_that_is_the_network_without_a_few_towns_is_withheld():
    version = questionnaire_version()
    own = towns(9)
    for town in [*own, *towns(3, region_code="14")]:
        current_result(version, town)
    groups = look(version, own[0])
    assert groups[Family.ALL].release.count == 12
    assert groups[Family.PROVINCE].withheld == PeerGroup.Withheld.CLOSE
    assert groups[Family.PROVINCE].release is None


def test_the_last_province_is_withheld_when_all_but_it_would_leave_a_few_towns():
    version = questionnaire_version()
    by_province = {code: towns(7, region_code=code) for code in ("06", "14")}
    for town in [*by_province["06"], *by_province["14"], *towns(2, region_code="82")]:
        current_result(version, town)
    assert look(version, by_province["06"][0])[Family.PROVINCE].release.count == 7
    withheld = look(version, by_province["14"][0])[Family.PROVINCE]
    assert withheld.release is None
    assert withheld.withheld == PeerGroup.Withheld.REST


def test_similar_towns_whose_groups_differ_by_a_few_look_at_the_same_figures():
    version = questionnaire_version()
    # Sixty towns in a row of sizes: the forty most similar of two neighbours differ by a few.
    row = [MunicipalityFactory(population=10_000 + 400 * place) for place in range(60)]
    for town in row:
        current_result(version, town)
    one = look(version, row[30])[Family.SIMILAR]
    other = look(version, row[31])[Family.SIMILAR]
    assert one.release.group == one
    assert one.release.count == 40
    assert other.release == one.release
    assert row[31].pk in one.release.towns


def test_samples_are_compared_with_samples_and_versions_with_what_is_scored_alike():
    version = questionnaire_version()
    for share in SHARES:
        current_result(version, total=share)
        current_result(version, total=1.0, is_sample=True)
    other = current_result(version, total=0.0)
    CurrentResult.objects.filter(pk=other.pk).update(signature="of-another-version")
    assert look(version)[Family.ALL].release.figures["total"]["q3"] == 70
    samples = look(version, is_sample=True)[Family.ALL].release
    assert samples.figures["total"] == {"n": 5, "q1": 100, "median": 100, "q3": 100}


def test_where_almost_all_results_are_public_the_few_others_are_not_given_away():
    version = questionnaire_version()
    for share in SHARES:
        current_result(version, total=share, is_public=True)
    current_result(version, total=0.3)
    group = look(version)[Family.ALL]
    assert group.release is None
    assert group.withheld == PeerGroup.Withheld.PUBLIC


def test_a_criterion_that_few_counted_beside_public_results_has_no_figures():
    version = questionnaire_version()
    for share in SHARES:
        current_result(version, total=share, is_public=True, criterion__mide=share, criterion__separa=share)
    for place, share in enumerate(SHARES):
        extra = {"criterion__mide": 0.3} if place == 0 else {}
        current_result(version, total=share, criterion__separa=share, **extra)
    # Whoever takes the five public ones out of the six would be left with the sixth.
    assert look(version)[Family.ALL].release.figures.keys() == {"total", "criterion:separa"}


def test_groups_that_differ_by_a_few_once_the_public_results_are_taken_out_are_not_both_shown():
    version = questionnaire_version()
    inside = towns(6)
    for town in inside:
        current_result(version, town)
    for _number in range(4):
        current_result(version, MunicipalityFactory(region_code="14"), is_public=True)
    current_result(version, MunicipalityFactory(region_code="14"))
    found = look(version, inside[0])
    assert found[Family.ALL].release.count == 11
    # The whole without the province is five towns, of which four can be read by anybody.
    assert (found[Family.PROVINCE].release, found[Family.PROVINCE].withheld) == (None, "close")


def test_a_few_towns_in_no_province_are_not_left_over_beside_public_results():
    version = questionnaire_version()
    inside = towns(6)
    second = towns(6, region_code="14")
    for town in inside + second:
        current_result(version, town)
    for _number in range(5):
        current_result(version, MunicipalityFactory(region_code="82"), is_public=True)
    current_result(version, MunicipalityFactory(region_code="82"))
    assert look(version, inside[0])[Family.PROVINCE].release is not None
    assert look(version, second[0])[Family.PROVINCE].withheld == "rest"


def test_a_criterion_keeps_its_earlier_figures_where_new_ones_would_differ_by_a_few_towns():
    version = questionnaire_version()
    for share in SHARES:
        current_result(version, total=share, criterion__mide=share)
    before = look(version)[Family.ALL].release
    for number in range(5):
        extra = {"criterion__mide": 1.0} if number < 2 else {}
        current_result(version, total=1.0, **extra)
    release = look(version)[Family.ALL].release
    assert release.count == 10
    shown = dict(release.figures["criterion:mide"])
    assert shown.pop("since") == before.released_at.isoformat()
    assert shown == before.figures["criterion:mide"]


def test_a_result_in_which_nothing_counted_is_in_no_group():
    version = questionnaire_version()
    for share in SHARES:
        current_result(version, total=share)
    empty = current_result(version)
    CurrentResult.objects.filter(pk=empty.pk).update(share=None, shares={})
    assert look(version)[Family.ALL].release.count == 5
