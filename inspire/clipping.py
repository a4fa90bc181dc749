"""Cutting lines and areas on a map at a straight edge."""

Point = tuple[float, float]
Line = list[Point]


def cut(line: Line, axis: int, limit: float, side: int, *, is_ring: bool) -> Line:
    """Return what lies on one side of an edge (one step of Sutherland and Hodgman, 1974).

    Args:
        line: points, or the corners of an area.
        axis: 0 for an edge that runs from south to north, 1 for one from west to east.
        limit: where the edge is.
        side: 1 to keep what is greater, -1 to keep what is less.
        is_ring: whether the last point is joined to the first.
    """
    kept: Line = []
    before = line[-1] if is_ring and line else None
    for point in line:
        is_in = (point[axis] - limit) * side >= 0
        if before is not None and is_in != ((before[axis] - limit) * side >= 0):
            kept.append(_crossing(before, point, axis, limit))
        if is_in:
            kept.append(point)
        before = point
    return kept


def _crossing(start: Point, end: Point, axis: int, limit: float) -> Point:
    share = (limit - start[axis]) / (end[axis] - start[axis])
    other = 1 - axis
    value = start[other] + share * (end[other] - start[other])
    return (limit, value) if axis == 0 else (value, limit)
