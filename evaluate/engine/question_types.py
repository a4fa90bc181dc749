"""The kinds of question a questionnaire may hold, and how the web shows each of them."""

from enum import StrEnum


class QuestionType(StrEnum):
    """A question's kind, by its XLSForm name."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"
    GEOSHAPE = "geoshape"
    BARCODE = "barcode"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    START = "start"
    END = "end"
    TODAY = "today"
    USERNAME = "username"
    EMAIL = "email"
    PHONENUMBER = "phonenumber"
    DEVICEID = "deviceid"


class Widget(StrEnum):
    """What the answer page draws for a question."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    GEOPOINT = "geopoint"
    UPLOAD = "upload"
    NONE = "none"


METADATA_TYPES = frozenset(
    {
        QuestionType.START,
        QuestionType.END,
        QuestionType.TODAY,
        QuestionType.USERNAME,
        QuestionType.EMAIL,
        QuestionType.PHONENUMBER,
        QuestionType.DEVICEID,
    }
)
HIDDEN_TYPES = METADATA_TYPES | {QuestionType.CALCULATE, QuestionType.HIDDEN}
SELECT_TYPES = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
SEVERAL_CHOICES_TYPES = frozenset({QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
NUMERIC_TYPES = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE})
UPLOAD_TYPES = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE})
WRITTEN_ON_THE_WEB = frozenset({QuestionType.BARCODE, QuestionType.GEOTRACE, QuestionType.GEOSHAPE})


def widget_for(question_type: QuestionType) -> Widget:
    """Return what the answer page draws for a kind of question."""
    if question_type in HIDDEN_TYPES:
        return Widget.NONE
    if question_type in UPLOAD_TYPES:
        return Widget.UPLOAD
    if question_type in WRITTEN_ON_THE_WEB:
        return Widget.TEXT
    return Widget(question_type.value)
