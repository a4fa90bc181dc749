"""Real calendars, broken and odd ones too, as what somebody pastes into an encounter: texts stay texts."""

from pathlib import Path

import pytest

from share.calendars.components import plain
from share.calendars.texts import END, beginning, zones_text
from share.models import Event
from tests.share.calendars import parsed, refreshed
from tests.share.factories import event

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]


def test_whole_calendars_and_each_of_their_lines_can_be_pasted_into_an_encounter(real_data: Path) -> None:
    files = sorted((real_data / "ical").glob("*.ics"))
    assert len(files) == 40
    made = []
    for file in files:
        text = file.read_bytes().decode("utf-8", errors="replace").replace("\x00", "")
        lines = [line for line in text.splitlines() if line.strip()]
        made += [
            event(
                title=line[:200],
                summary=line[:300],
                description=text[:20_000],
                venue=line[:200],
                address=line[:300],
            )
            for line in sorted(lines, key=len)[-4:]
        ]
    refreshed(*made)
    texts = "".join(Event.objects.order_by("pk").values_list("calendar_text", flat=True))
    zone = made[0].time_zone
    calendar = parsed(beginning(name="x") + zones_text([(zone, 2026, 2027)]) + texts + END)
    assert len(calendar.events) == len(made) > 100
    shown = {str(one["UID"]): one for one in calendar.events}
    for one in made:
        assert not shown[str(one.public_id)].subcomponents
        # A backslash before an N, or before what it hides, is read as what it hides by every program.
        if "\\" not in one.title:
            assert shown[str(one.public_id)]["SUMMARY"] == " ".join(plain(one.title).split())
