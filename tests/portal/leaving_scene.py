"""One person of whom everything that can be known is known, each text of hers with a mark that nothing else has.

`FILLERS` has an entry for every model that the portal declares as personal: a new model needs one in its app's module
under `leaving`, or the test of leaving fails.
"""

from collections.abc import Callable
from typing import Any

from portal.accounts.personal_data import declared_personal_fields
from tests.portal.leaving import accounts, connect, evaluate, inspire, kernel, share
from tests.portal.leaving.scene import Scene

FILLERS: dict[str, Callable[[Scene], Any]] = {
    **accounts.FILLERS,
    **connect.FILLERS,
    **evaluate.FILLERS,
    **inspire.FILLERS,
    **kernel.FILLERS,
    **share.FILLERS,
}


def whole_scene() -> Scene:
    """Fill every declared model."""
    scene = Scene()
    for label in declared_personal_fields():
        FILLERS[label](scene)
    return scene
