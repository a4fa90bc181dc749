"""The questions of a version, read and compiled once per process."""

from collections import OrderedDict

from evaluate.engine.definition import FormDefinition
from evaluate.engine.definition_json import from_json
from evaluate.models import QuestionnaireVersion

KEPT = 64
_kept: OrderedDict[str, FormDefinition] = OrderedDict()


def definition_of(version: QuestionnaireVersion) -> FormDefinition:
    """Return what a version asks; kept by its content, so that a save need not read and parse it again."""
    key = version.definition_sha256
    definition = _kept.get(key)
    if definition is None:
        definition = _kept[key] = from_json(version.definition)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return definition
