"""Reads the history of an event's registrations back, and says whether everybody was treated as she should be."""

from share.models import Event, Registration, RegistrationChange, Seats

Status = Registration.Status
HOLDING = (Status.GOING, Status.OFFERED)


def assert_fair(event: Event, *, capacities: tuple[int | None, ...] = ()) -> None:
    """Replay every step in the order in which it was saved: nobody overtaken, and no more places than there are.

    Args:
        capacities: the numbers of places that the event has had; the present one where none is given.
    """
    most = capacities or (Seats.objects.get(event=event).capacity,)
    line: list[int] = []
    holders: set[int] = set()
    rows = RegistrationChange.objects.filter(registration__event=event).order_by("pk")
    for key, came_from, to in rows.values_list("registration_id", "status_from", "status_to"):
        if came_from == Status.WAITING:
            if to in HOLDING:
                assert line[0] == key, f"{key} overtook {line[0]}"
            line.remove(key)
        elif to in HOLDING and came_from not in HOLDING:
            assert not line, f"{key} took a place for which {line} wait"
        if to == Status.WAITING:
            line.append(key)
        holders.discard(key)
        if to in HOLDING:
            holders.add(key)
        assert None in most or len(holders) <= max(one for one in most if one is not None)
    waiting = list(Registration.objects.filter(event=event).waiting().values_list("pk", flat=True))
    assert waiting == line
    assert (
        set(Registration.objects.filter(event=event).holding_a_place().values_list("pk", flat=True))
        == holders
    )
    assert_nothing_idle(event)


def assert_nothing_idle(event: Event) -> None:
    """Say that no place is free while somebody waits, and that the counts are those of the rows."""
    seats = Seats.objects.get(event=event)
    rows = Registration.objects.filter(event=event)
    assert seats.taken == rows.holding_a_place().count()
    assert seats.waiting == rows.waiting().count()
    assert seats.waiting == 0 or seats.free == 0
