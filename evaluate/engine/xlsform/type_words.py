"""The words of the type column, in all their spellings, as kinds of question."""

import re

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_OSM, RE_SELECT

from evaluate.engine.question_types import QuestionType

NOT_QUESTIONS = frozenset({"audit", "csv-external", "xml-external", "start-geopoint", "background-geopoint"})
UNUSED_METADATA = frozenset({"background-audio", "simserial", "subscriberid"})
_BY_SHAPE: dict[tuple[str | None, str | None], QuestionType] = {
    ("input", "string"): QuestionType.TEXT,
    ("input", "int"): QuestionType.INTEGER,
    ("input", "decimal"): QuestionType.DECIMAL,
    ("input", "date"): QuestionType.DATE,
    ("input", "time"): QuestionType.TIME,
    ("input", "dateTime"): QuestionType.DATETIME,
    ("input", "geopoint"): QuestionType.GEOPOINT,
    ("input", "geotrace"): QuestionType.GEOTRACE,
    ("input", "geoshape"): QuestionType.GEOSHAPE,
    ("input", "barcode"): QuestionType.BARCODE,
    ("range", "int"): QuestionType.RANGE,
    ("range", "decimal"): QuestionType.RANGE,
}
_BY_MEDIA = {
    "image/*": QuestionType.IMAGE,
    "audio/*": QuestionType.AUDIO,
    "video/*": QuestionType.VIDEO,
}
_BY_PRELOAD = {
    "start": QuestionType.START,
    "end": QuestionType.END,
    "today": QuestionType.TODAY,
    "username": QuestionType.USERNAME,
    "email": QuestionType.EMAIL,
    "phonenumber": QuestionType.PHONENUMBER,
}
_BY_WORD = {
    aliases.select["select_one"]: QuestionType.SELECT_ONE,
    aliases.select["select_one_external"]: QuestionType.SELECT_ONE,
    aliases.select["select_multiple"]: QuestionType.SELECT_MULTIPLE,
    aliases.select["rank"]: QuestionType.RANK,
    "calculate": QuestionType.CALCULATE,
    "q calculate": QuestionType.CALCULATE,
    "add calculate prompt": QuestionType.CALCULATE,
    "hidden": QuestionType.HIDDEN,
    "note": QuestionType.NOTE,
    "q note": QuestionType.NOTE,
    "add note prompt": QuestionType.NOTE,
    "osm": QuestionType.TEXT,
}
_FIRST_WORD_SELECT = re.compile(r"^\s*(select|rank)", re.IGNORECASE)


def question_type(word: str) -> QuestionType | None:
    """The kind of question that a type (as pyxform hands it over) means; None when it is none."""
    if word in _BY_WORD:
        return _BY_WORD[word]
    entry = QUESTION_TYPE_DICT.get(word)
    if entry is None:
        return None
    control, bind = entry.get("control", {}), entry.get("bind", {})
    if control.get("tag") == "upload":
        return _BY_MEDIA.get(control["mediatype"], QuestionType.FILE)
    if control.get("tag") == "trigger" and bind.get("type") != "geopoint":
        return QuestionType.ACKNOWLEDGE
    if "jr:preload" in bind:
        return _BY_PRELOAD.get(bind["jr:preloadParams"].removeprefix("uri:"), QuestionType.DEVICEID)
    return _BY_SHAPE.get((control.get("tag"), bind.get("type")))


def is_known_type(word: str) -> bool:
    """Whether a cell of the type column says something that can be read."""
    normal = " ".join(word.split())
    return bool(
        RE_BEGIN_CONTROL.search(normal)
        or RE_END_CONTROL.search(normal)
        or RE_SELECT.search(normal)
        or RE_OSM.search(normal)
        or normal in aliases.settings_header
        or normal in aliases._type_alias_map
        or normal in NOT_QUESTIONS
        or normal in QUESTION_TYPE_DICT
    )


def select_list(word: str) -> tuple[str, str] | None:
    """The command and list name of a select's type cell; None for anything else."""
    match = RE_SELECT.search(" ".join(word.split()))
    return (match["select_command"], match["list_name"]) if match else None


def looks_like_select(word: str) -> bool:
    """Whether a type that cannot be read was probably meant as a select."""
    return bool(_FIRST_WORD_SELECT.match(word))
