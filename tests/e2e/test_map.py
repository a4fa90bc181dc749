"""A visitor walks the map, with the keyboard and with a finger, on a phone and on a desk."""

import re

from playwright.sync_api import Locator

from tests.e2e.conftest import Reader

MAP = "/inspirarme/?vista=mapa"
SPLIT = ".map-marker[aria-label*=acercar]"
LISTED = ".map-marker[aria-haspopup]"


def markers(reader: Reader, which: str = ".map-marker") -> Locator:
    found = reader.page.locator(which)
    found.first.wait_for(state="attached")
    return found


def focused(reader: Reader) -> str:
    return str(reader.page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''"))


def zoom(reader: Reader) -> float:
    found = re.search(r"#mapa=([\d.]+)/", reader.page.url)
    assert found is not None
    return float(found[1])


def test_the_keyboard_opens_a_marker_reads_its_list_and_comes_back(reader: Reader) -> None:
    reader.open(MAP)
    marker = markers(reader, LISTED).first
    marker.focus()
    label = focused(reader)
    reader.page.keyboard.press("Enter")
    popup = reader.page.get_by_role("dialog")
    popup.wait_for()
    assert popup.locator("a:focus").count() == 1
    reader.look()
    reader.page.keyboard.press("Escape")
    popup.wait_for(state="detached")
    assert focused(reader) == label
    reader.page.keyboard.press("Escape")
    assert focused(reader) == "Mapa de soluciones"


def test_the_arrow_keys_go_from_marker_to_marker(reader: Reader) -> None:
    reader.open(MAP)
    markers(reader).first.focus()
    seen = {focused(reader)}
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        reader.page.keyboard.press(arrow)
        assert "map-marker" in reader.page.evaluate("document.activeElement.className")
        seen.add(focused(reader))
    assert len(seen) > 1


def test_a_large_group_opens_closer_and_the_keyboard_stays_on_the_map(reader: Reader) -> None:
    reader.open(MAP)
    markers(reader, SPLIT).first.focus()
    with reader.page.expect_response(re.compile("mapa.json")):
        reader.page.keyboard.press("Enter")
    reader.page.wait_for_function("document.activeElement.classList.contains('map-marker')")
    first = zoom(reader)
    with reader.page.expect_response(re.compile("mapa.json")):
        markers(reader, SPLIT).first.click(force=True)
    assert zoom(reader) > first


def test_the_list_beside_says_what_is_in_view_and_filters_apply(reader: Reader) -> None:
    reader.open(MAP)
    markers(reader)
    count = reader.page.locator("[data-map-count]")
    reader.page.wait_for_function("/\\d/.test(document.querySelector('[data-map-count]').textContent)")
    everything = count.inner_text()
    listed = reader.page.locator("[data-map-list] > li")
    assert listed.count() == 21
    assert re.search(r"y \d+ más", listed.last.inner_text())
    reader.open(f"{MAP}&country=AR")
    markers(reader)
    reader.page.wait_for_function("/\\d/.test(document.querySelector('[data-map-count]').textContent)")
    assert count.inner_text() != everything


def test_a_marker_is_large_enough_for_a_finger(reader: Reader) -> None:
    reader.open(MAP)
    for box in markers(reader).evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())"):
        assert min(box["width"], box["height"]) >= 44


def test_nothing_jumps_while_the_map_is_drawn(reader: Reader) -> None:
    reader.page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => {"
        " for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;"
        "}).observe({ type: 'layout-shift', buffered: true });"
    )
    reader.open(MAP)
    markers(reader)
    assert reader.page.evaluate("window.moved") < 0.05


def test_the_map_has_no_barrier_in_the_dark(reader: Reader) -> None:
    reader.page.emulate_media(color_scheme="dark")
    reader.open(MAP)
    markers(reader)
    reader.look()
