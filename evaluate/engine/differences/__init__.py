"""What differs between two versions of a questionnaire, for the people who publish and compare them.

changes     what a difference is, with its names for people
matching    which item of the one is which item of the other
comparing   both together: `differences(old, new)`
"""

from evaluate.engine.differences.changes import Change, Differences, ItemDifference, Kind, ListDifference
from evaluate.engine.differences.comparing import differences

__all__ = ["Change", "Differences", "ItemDifference", "Kind", "ListDifference", "differences"]
