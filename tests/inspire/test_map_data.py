import random
from itertools import combinations, pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from inspire.map_clusters import MOST_LISTED, MOST_LISTED_BY_MARKERS
from inspire.map_groups import MOST_MEMBERS
from inspire.map_merging import APART_PIXELS, pixels
from inspire.map_viewport import MOST_FEATURES
from inspire.models import Solution
from inspire.services import solution_publish
from tests.inspire.factories import SolutionFactory
from tests.portal.places_factories import CountryFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db

AREAS = ["agua", "salud", "empleo"]
COUNTRIES = ["AR", "ES", "JP"]
WORDS = ["compost", "bicicleta", "huerta"]


def counts(data: dict) -> list[int]:
    return [feature["properties"]["count"] for feature in data["features"]]


@pytest.fixture
def library() -> None:
    """Eighty solutions all over the world, a third of them without a position, some of them drafts."""
    chance = random.Random(20260301)
    areas = [PolicyAreaFactory(slug=slug) for slug in AREAS]
    for number in range(80):
        position = {"latitude": chance.uniform(-90, 90), "longitude": chance.uniform(-180, 180)}
        solution = SolutionFactory(
            title=f"{chance.choice(WORDS)} {number}",
            country=CountryFactory(code=chance.choice(COUNTRIES)),
            language=chance.choice(["es", "en"]),
            areas=chance.sample(areas, chance.randint(0, 2)),
            **(position if number % 3 else {}),
            **({"position_precision": "country"} if number % 6 == 1 else {}),
        )
        if number % 7:
            solution_publish(solution=solution)
        else:
            Solution.objects.filter(pk=solution.pk).update(status="draft")
    SolutionFactory(latitude=90, longitude=180)
    SolutionFactory(latitude=-90, longitude=-180)


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from([*WORDS, "compost -huerta", "nada", "%", '"', "\x00"]),
        "area": st.sampled_from([*AREAS, "no-existe"]),
        "country": st.sampled_from([*COUNTRIES, "ZZ"]),
        "language": st.sampled_from(["es", "en", "fr"]),
        "positioned": st.sampled_from(["on", "true", ""]),
        "box": st.sampled_from(["-90,-60,0,60", "0,0,180,90", "170,-90,190,90", "roto"]),
    },
)


def test_for_any_filter_the_map_counts_what_the_list_counts(library: None, client: Client) -> None:
    @settings(deadline=None)
    @given(filters=FILTERS, zoom=st.integers(0, 12))
    def holds(filters: dict[str, str], zoom: int) -> None:
        page = client.get("/inspirarme/", filters).context
        data = client.get("/inspirarme/mapa.json", filters | {"zoom": zoom}).json()
        assert sum(counts(data)) == data["total"] == data["in_view"] == page["positioned"].number
        assert page["positioned"].number <= page["total"].number
        on_map = client.get("/inspirarme/", filters | {"vista": "mapa"}).context
        assert (on_map["total"], on_map["positioned"]) == (page["total"], page["positioned"])

    holds()


@pytest.mark.parametrize("filters", [{}, {"language": "es"}], ids=["all", "filtered"])
def test_views_side_by_side_hold_every_position_once(
    library: None, client: Client, filters: dict[str, str]
) -> None:
    total = client.get("/inspirarme/mapa.json", filters).json()["total"]
    assert total > 15

    @settings(deadline=None)
    @given(parts=st.integers(1, 9), zoom=st.integers(0, 8))
    def holds(parts: int, zoom: int) -> None:
        edges = [-180 + 360 * number / parts for number in range(parts + 1)]
        boxes = [f"{west},-90,{east},90" for west, east in pairwise(edges)]
        asked = [filters | {"bbox": box, "zoom": zoom} for box in boxes]
        views = [client.get("/inspirarme/mapa.json", parameters).json() for parameters in asked]
        assert sum(view["in_view"] for view in views) == total

    holds()


def test_however_the_map_was_dragged_all_that_is_in_view_stands_on_it(library: None, client: Client) -> None:
    @settings(deadline=None)
    @given(west=st.floats(-400, 300), width=st.floats(1, 400), zoom=st.integers(0, 6))
    def holds(west: float, width: float, zoom: int) -> None:
        view = {"bbox": f"{west},-90,{west + width},90", "zoom": zoom}
        data = client.get("/inspirarme/mapa.json", view).json()
        assert sum(counts(data)) >= data["in_view"]

    holds()


def test_no_two_markers_are_nearer_than_a_finger_can_tell_apart(library: None, client: Client) -> None:
    for zoom in range(6):
        features = client.get("/inspirarme/mapa.json", {"zoom": zoom}).json()["features"]
        points = [feature["geometry"]["coordinates"] for feature in features]
        on_screen = [pixels(latitude, longitude, zoom) for longitude, latitude in points]
        for one, other in combinations(on_screen, 2):
            assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) > APART_PIXELS - 0.1


def test_groups_that_are_merged_list_all_their_members_newest_first(client: Client) -> None:
    older = SolutionFactory(latitude=1, longitude=-1)
    middle = SolutionFactory(latitude=1, longitude=1)
    newest = SolutionFactory(latitude=1, longitude=-1)
    (feature,) = client.get("/inspirarme/mapa.json", {"zoom": 2}).json()["features"]
    about = feature["properties"]
    assert feature["geometry"]["coordinates"] == [-1, 1]
    west, south, east, north = about["bounds"]
    assert about["count"] == 3
    assert west <= -1 <= 1 <= east
    assert south <= 1 <= north
    assert [member["url"] for member in about["members"]] == [
        solution.get_absolute_url() for solution in (newest, middle, older)
    ]


def test_what_the_closest_look_does_not_part_is_listed(client: Client) -> None:
    # Two points on both sides of an edge of the finest cells, which no look at the map parts.
    for number in range(MOST_MEMBERS + 2):
        SolutionFactory(latitude=1, longitude=0.00001 if number % 2 else -0.00001)

    def about(zoom: int) -> dict:
        view = {"bbox": "-0.005,0.995,0.005,1.005", "zoom": zoom}
        return client.get("/inspirarme/mapa.json", view).json()["features"][0]["properties"]

    assert about(15)["members"] == []
    assert (about(16)["count"], len(about(16)["members"])) == (MOST_MEMBERS + 2, MOST_MEMBERS)


def test_a_thousand_points_are_at_most_two_hundred_on_the_map(client: Client) -> None:
    argentina, chance = CountryFactory(), random.Random(7)
    Solution.objects.bulk_create(
        SolutionFactory.build(
            country=argentina, latitude=chance.uniform(-90, 90), longitude=chance.uniform(-180, 180)
        )
        for _ in range(1000)
    )
    for zoom in (0, 2, 5, 12):
        data = client.get("/inspirarme/mapa.json", {"zoom": zoom}).json()
        assert len(data["features"]) <= MOST_FEATURES
        assert sum(counts(data)) == 1000
        assert len(data["listed"]) == MOST_LISTED


def test_a_small_cluster_lists_its_members_newest_first_and_a_large_one_says_where_to_look(
    client: Client,
) -> None:
    few = [SolutionFactory(latitude=10 + n / 100, longitude=10) for n in range(3)]
    SolutionFactory.create_batch(MOST_MEMBERS + 1, longitude=-50, latitude=-30)
    many = [SolutionFactory(latitude=-30 + n / 100, longitude=-110) for n in range(MOST_MEMBERS + 1)]
    data = client.get("/inspirarme/mapa.json", {"zoom": 2}).json()
    by_place = {
        round(feature["geometry"]["coordinates"][0]): feature["properties"] for feature in data["features"]
    }
    assert [member["url"] for member in by_place[10]["members"]] == [
        solution.get_absolute_url() for solution in reversed(few)
    ]
    assert by_place[-110]["members"] == []
    west, south, east, north = by_place[-110]["bounds"]
    assert west <= -110 <= east
    assert south <= many[0].latitude <= many[-1].latitude <= north
    # No zoom parts what stands on one point: its newest are listed.
    assert by_place[-50]["count"] == MOST_MEMBERS + 1
    assert len(by_place[-50]["members"]) == MOST_MEMBERS


def test_clusters_stay_where_they_are_while_the_map_is_dragged(library: None, client: Client) -> None:
    def clusters(box: str) -> set[tuple]:
        """Return the clusters in the part of the world that both views show."""
        data = client.get("/inspirarme/mapa.json", {"bbox": box, "zoom": 3}).json()
        points = [(feature["geometry"]["coordinates"], feature["properties"]) for feature in data["features"]]
        return {(x, y, about["count"]) for (x, y), about in points if -120 < x < 100 and -60 < y < 70}

    before, after = clusters("-130,-60,100,70"), clusters("-120,-60,110,70")
    assert before == after
    assert len(before) >= 10


def test_what_lies_across_the_180th_meridian_is_in_view(client: Client) -> None:
    SolutionFactory(latitude=-17, longitude=179)
    SolutionFactory(latitude=-17, longitude=-179)
    SolutionFactory(latitude=-17, longitude=0)
    data = client.get("/inspirarme/mapa.json", {"bbox": "170,-30,190,0", "zoom": 4}).json()
    assert data["in_view"] == 2


def test_a_point_is_country_wide_when_all_that_stands_there_is(client: Client) -> None:
    SolutionFactory(country_wide=True)
    SolutionFactory(country_wide=True)
    SolutionFactory(on_map=True, longitude=20)
    SolutionFactory(country_wide=True, longitude=100)
    SolutionFactory(on_map=True, latitude=-34.61, longitude=100.01)
    features = client.get("/inspirarme/mapa.json", {"zoom": 3}).json()["features"]
    said = {
        (round(feature["geometry"]["coordinates"][0]), feature["properties"]["count"]): feature["properties"][
            "is_country_wide"
        ]
        for feature in features
    }
    assert said == {(-58, 2): True, (20, 1): False, (100, 2): False}


def test_what_is_a_whole_countrys_says_so_wherever_the_map_names_it(client: Client) -> None:
    SolutionFactory(country_wide=True)
    data = client.get("/inspirarme/mapa.json").json()
    members = data["features"][0]["properties"]["members"]
    assert [item["place"] for item in (*data["listed"], *members)] == ["Argentina · todo el país"] * 2
    SolutionFactory(on_map=True)
    assert client.get("/inspirarme/mapa.json").json()["listed"][0]["place"] == "Tandil, Argentina"


def test_members_are_told_in_the_readers_language(client: Client) -> None:
    SolutionFactory(on_map=True, translations={"en": {"title": "Composting"}})
    client.cookies["django_language"] = "en"
    assert client.get("/inspirarme/mapa.json").json()["listed"][0]["title"] == "Composting"


def test_drafts_are_not_on_the_map(client: Client) -> None:
    SolutionFactory(draft=True, on_map=True)
    data = client.get("/inspirarme/mapa.json").json()
    assert (data["total"], data["features"], data["listed"]) == (0, [], [])


def test_the_map_asks_the_database_no_more_for_more_rows(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/inspirarme/mapa.json", {"zoom": 3})
        return len(captured)

    SolutionFactory(on_map=True)
    few = queries()
    for number in range(30):
        SolutionFactory(latitude=number, longitude=number * 3)
    assert queries() == few <= 6


def test_the_answer_sets_no_cookie_and_refuses_to_be_posted_to(client: Client) -> None:
    assert not client.get("/inspirarme/mapa.json").cookies
    assert client.post("/inspirarme/mapa.json").status_code == 405


def test_a_kept_map_of_a_filter_shows_what_was_published_since(
    client: Client, settings, django_capture_on_commit_callbacks
) -> None:
    settings.VISITOR_CACHE_SECONDS = 300
    SolutionFactory(on_map=True, language="es")
    draft = SolutionFactory(on_map=True, draft=True)
    filters = {"level": "local", "x": "pages with this parameter are not kept"}

    def total() -> int:
        data = client.get("/inspirarme/mapa.json", filters).json()
        assert sum(counts(data)) == data["total"]
        return data["total"]

    assert total() == 1
    # Without the news of a change the kept groups are shown.
    SolutionFactory(on_map=True)
    assert total() == 1
    with django_capture_on_commit_callbacks(execute=True):
        solution_publish(solution=draft)
    assert total() == 3


def test_where_there_are_many_markers_only_the_smallest_list_their_members(client: Client) -> None:
    argentina = CountryFactory()
    places = [(row, column) for row in range(-27, 28, 6) for column in range(-39, 40, 6)]
    Solution.objects.bulk_create(
        SolutionFactory.build(country=argentina, latitude=row, longitude=column)
        for number, (row, column) in enumerate(places)
        for _same in range(1 + number % 2 * 2)
    )
    view = {"bbox": "-40,-28,40,28", "zoom": 4}
    features = client.get("/inspirarme/mapa.json", view).json()["features"]
    listed = {(one["count"], len(one["members"])) for one in (feature["properties"] for feature in features)}
    assert len(features) > MOST_LISTED_BY_MARKERS / 2
    assert listed == {(1, 1), (3, 0)}
