import io
import json

import pytest

from portal.core.tabular import TableError, geojson, open_table

POINT = {"type": "Point", "coordinates": [-59.13, -37.32]}


def feature(properties: dict | None, geometry: dict | None = POINT, **more: object) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": geometry} | more


def table_of(*features: object, **more: object):
    content = {"type": "FeatureCollection", "features": list(features)} | more
    return open_table(io.BytesIO(json.dumps(content, ensure_ascii=False).encode()), filename="x.geojson")


def test_features_are_rows_and_their_properties_columns_with_the_point_at_the_end() -> None:
    with table_of(feature({"id": 1, "Título": "Plaza"}), feature({"id": 2, "Año": 2019.0})) as table:
        assert table.titles == ("id", "Título", "Año", "lat", "lon", "geometry")
        assert table.header[1:3] == ("titulo", "ano")
        assert list(table.raw_rows()) == [
            (1, ["1", "Plaza", "", "-37.32", "-59.13", ""]),
            (2, ["2", "", "2019", "-37.32", "-59.13", ""]),
        ]
        # Reading can be repeated, as the error workbook does.
        assert len(list(table.rows())) == 2


def test_a_shape_stands_by_the_middle_of_its_extent_and_says_what_it_was() -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]}
    both = {
        "type": "GeometryCollection",
        "geometries": [POINT, {"type": "Point", "coordinates": [-57.13, -35.32]}],
    }
    with table_of(feature({}, square), feature({}, both), feature(None, None)) as table:
        assert [row.cells["geometry"] for row in table.rows()][:2] == ["Polygon", "GeometryCollection"]
        assert [(row.cells["lat"], row.cells["lon"]) for row in table.rows()] == [
            ("1", "2"),
            ("-36.32", "-58.13"),
        ]


def test_an_identifier_of_the_feature_itself_is_a_column() -> None:
    with table_of(feature({"n": 1}, id="a-7")) as table:
        assert next(table.rows()).cells["id"] == "a-7"


def test_lists_and_objects_are_written_in_their_cell() -> None:
    with table_of(feature({"tags": ["a", "b"], "x": {"y": [1]}, "yes": True, "no": None})) as table:
        cells = next(table.rows()).cells
        assert (cells["tags"], cells["x"], cells["yes"], cells["no"]) == ("a; b", '{"y":[1]}', "TRUE", "")


def test_a_byte_order_mark_and_own_coordinates_do_no_harm() -> None:
    text = json.dumps({"type": "FeatureCollection", "features": [feature({"lat": "99", "a": "ñ"})]})
    with open_table(io.BytesIO(b"\xef\xbb\xbf" + text.encode()), filename="x.geojson") as table:
        assert (next(table.rows()).cells["lat"], table.header.count("lat")) == ("-37.32", 1)


@pytest.mark.parametrize(
    "content",
    [
        b'{"type": "FeatureCollection", "features": [{"type": "Feature"',
        b'{"type": "FeatureCollection", "features": [{"a": tru}]}',
        b'{"features": ["uno", "dos"]}',
        b'{"features": [' + b"[" * 100_000,
        b'{"features": [{"properties": {"a": "\xff"}}]}',
    ],
)
def test_broken_json_is_a_clear_error(content: bytes) -> None:
    with pytest.raises(TableError, match="mal escrito"):
        open_table(io.BytesIO(content), filename="x.geojson")


def test_a_file_of_nothing_but_brackets_does_not_fill_the_memory() -> None:
    content = b'{"features": [{"properties": ' + b'{"a": [' * 100_000
    with pytest.raises(TableError, match="demasiados niveles"):
        open_table(io.BytesIO(content), filename="x.geojson")


def test_a_list_of_that_name_elsewhere_is_none_of_ours() -> None:
    with table_of(feature({"id": 1}), crs={"features": [1, 2]}, more=[{"features": [3]}]) as table:
        assert len(list(table.rows())) == 1


def test_another_kind_of_json_is_a_clear_error() -> None:
    for content in (b"{}", b'{"features": []}', b'{"type": "Topology", "objects": {}}'):
        with pytest.raises(TableError, match="FeatureCollection"):
            open_table(io.BytesIO(content), filename="x.geojson")


def test_a_file_that_breaks_off_far_down_is_an_error_when_the_reading_comes_there() -> None:
    good = json.dumps(feature({"id": 1}))
    content = '{"type": "FeatureCollection", "features": [' + ",".join([good] * 2_500) + ", {"
    with open_table(io.BytesIO(content.encode()), filename="x.geojson") as table, pytest.raises(TableError):
        list(table.raw_rows())


def test_a_feature_of_nothing_but_brackets_is_refused_before_it_fills_the_memory(monkeypatch) -> None:
    monkeypatch.setattr(geojson, "_MOST_EVENTS", 1_000)
    head = (
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"a": 1}, "geometry": '
    )
    for body in (head + b"[" + b"[]," * 1_000, b'{"crs": [' + b"[]," * 1_000):
        with pytest.raises(TableError, match="demasiado grande"):
            open_table(io.BytesIO(body), filename="x.geojson")
    with table_of(*(feature({"n": number}) for number in range(500))) as table:
        assert len(list(table.rows())) == 500


def test_titles_are_gathered_from_so_many_bytes_and_no_feature_is_kept(monkeypatch) -> None:
    monkeypatch.setattr(geojson, "_BYTES_SAMPLED", 1_000)
    features = [feature({"a": "x" * 100_000}), feature({"b": "x" * 100_000}), feature({"c": 1})]
    with table_of(*features) as table:
        assert table.titles == ("a", "lat", "lon", "geometry")
