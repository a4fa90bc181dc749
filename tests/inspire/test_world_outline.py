import gzip
import itertools
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from inspire.map_inset import HEIGHT, OUTLINE, WIDTH, map_inset
from inspire.world_outline import MALVINAS

SOURCE = "world/countries-110m.json"


def outline() -> dict:
    return json.loads(OUTLINE.read_text(encoding="utf-8"))


def shapes() -> dict[str, dict]:
    return {feature["properties"]["kind"]: feature for feature in outline()["features"]}


def test_the_outline_is_light_enough_for_a_slow_connection() -> None:
    assert len(gzip.compress(OUTLINE.read_bytes(), 9)) < 60_000


def test_the_malvinas_are_the_only_name_on_the_map_and_bear_argentinas() -> None:
    label = shapes()["label"]
    assert label["properties"]["name"] == MALVINAS == "Islas Malvinas (Arg.)"
    longitude, latitude = label["geometry"]["coordinates"]
    assert -62 < longitude < -57
    assert -53 < latitude < -51
    assert "falkland" not in OUTLINE.read_text(encoding="utf-8").lower()
    assert [feature["properties"].get("name") for feature in outline()["features"]] == [None, None, MALVINAS]


def test_land_is_made_of_closed_rings_that_do_not_cross_the_edge_of_the_map() -> None:
    for polygon in shapes()["land"]["geometry"]["coordinates"]:
        for ring in polygon:
            assert ring[0] == ring[-1]
            assert len(ring) > 3
            assert all(abs(x) <= 180 and abs(y) <= 90 for x, y in ring)
            steps = [
                abs(after[0] - before[0]) for before, after in itertools.pairwise(ring) if before[1] > -84
            ]
            assert max(steps, default=0) < 60


def test_an_inset_shows_land_around_the_point_within_its_frame() -> None:
    inset = map_inset(-37.32, -59.13)
    assert (inset.x, inset.y) == (WIDTH // 2, HEIGHT // 2)
    numbers = [int(part) for part in inset.land.translate(str.maketrans("MLZ", "   ")).split()]
    assert len(numbers) > 100
    assert all(0 <= x <= WIDTH for x in numbers[::2])
    assert all(0 <= y <= HEIGHT for y in numbers[1::2])
    assert inset.borders.startswith("M")


def test_an_inset_in_the_middle_of_the_sea_has_only_water() -> None:
    inset = map_inset(-30, -120)
    assert (inset.land, inset.borders) == ("", "")


@pytest.mark.realdata
def test_the_shipped_outline_is_what_its_source_makes(real_data: Path, tmp_path: Path) -> None:
    call_command("make_world_outline", str(real_data / SOURCE), out=tmp_path / "world.json")
    assert (tmp_path / "world.json").read_bytes() == OUTLINE.read_bytes()


def test_a_file_that_is_not_the_source_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "x.json"
    wrong.write_text("{}")
    with pytest.raises(CommandError, match="not world-atlas"):
        call_command("make_world_outline", str(wrong), out=tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()
