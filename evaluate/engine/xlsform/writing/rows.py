"""What stands in the sheets of a questionnaire's workbook: one dictionary for each row, by header."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evaluate.engine.definition import (
    NOT_APPLICABLE_REFUSED,
    UNMARKED_LANGUAGE,
    Choice,
    FormDefinition,
    Group,
    Item,
    Question,
    Repeat,
    Texts,
)
from evaluate.engine.question_types import SELECT_TYPES, QuestionType
from evaluate.engine.xlsform.languages import language_header
from evaluate.engine.xlsform.own_values import NOT_SCORED, joined_names

SheetRow = dict[str, str]

# The order of the columns, as authors are used to it; the portal's own come last.
FIELD_ORDER = (
    *("type", "list_name", "name", "label", "hint", "guidance_hint"),
    *("required", "required_message", "relevant", "constraint", "constraint_message", "calculation"),
    *("default", "readonly", "choice_filter", "repeat_count", "appearance", "parameters"),
    *("image", "big-image", "audio", "video"),
    *("form_title", "title", "form_id", "version", "default_language", "instance_name"),
    *(
        "area",
        "topic",
        "criterion",
        "weight",
        "points",
        "stage",
        "met_at",
        "not_applicable",
        "good",
        "evidence",
    ),
    *("scoring", "level_names", "level_thresholds", "minutes", "summary", "intro"),
)

_EXTERNAL, _FILE = "external/", "file/"
_FORM_ROOT = "data"
_TABLE, _ONE_PAGE = "table-list", "field-list"
_TYPE_WORDS = {QuestionType.DATETIME: "dateTime"}
# pyxform refuses or rewrites these in a filter's columns; the list's own fields stand elsewhere.
_TAKEN_COLUMNS = frozenset({"list_name", "list name", "name", "label", "points", "media", "__row"})


def survey_rows(items: Sequence[Item]) -> Iterator[SheetRow]:
    """Yield the rows of the survey sheet, groups opened and closed."""
    for item in items:
        if isinstance(item, Question):
            yield _question_row(item)
        elif isinstance(item, Group):
            word = "repeat" if isinstance(item, Repeat) else "group"
            count = {"repeat_count": item.count} if isinstance(item, Repeat) else {}
            yield {"type": f"begin {word}", **_common(item), **count}
            yield from survey_rows(item.items)
            yield {"type": f"end {word}"}


def choice_rows(definition: FormDefinition) -> Iterator[SheetRow]:
    """Yield the rows of the choices sheet; lists that come from tables are not written twice."""
    for name, choices in definition.choice_lists.items():
        if not name.startswith((_EXTERNAL, _FILE)):
            yield from _list_rows(name, choices)


def external_choice_rows(definition: FormDefinition) -> Iterator[SheetRow]:
    """Yield the rows of the external_choices sheet."""
    for name, choices in definition.choice_lists.items():
        if name.startswith(_EXTERNAL):
            yield from _list_rows(name.removeprefix(_EXTERNAL), choices)


def settings_row(definition: FormDefinition) -> SheetRow:
    """Return the one row of the settings sheet."""
    is_scored = any(definition.scored_lists)
    return {
        "form_title": definition.title,
        "form_id": definition.form_id,
        "version": definition.version,
        "default_language": _stated_language(definition),
        "name": "" if definition.root_name == _FORM_ROOT else definition.root_name,
        "instance_name": definition.instance_name,
        "allow_choice_duplicates": "yes" if _doubles_a_choice(definition) else "",
        **_texts("title", definition.titles, always_named=True),
        **_texts("summary", definition.summary),
        **_texts("intro", definition.intro),
        "area": definition.area,
        "minutes": "" if definition.minutes is None else str(definition.minutes),
        "scoring": definition.scoring or (NOT_SCORED if is_scored else ""),
        "not_applicable": ""
        if definition.not_applicable == NOT_APPLICABLE_REFUSED
        else definition.not_applicable,
        **_level_names(definition.level_names),
        "level_thresholds": " | ".join(definition.level_thresholds),
    }


def _question_row(question: Question) -> SheetRow:
    return {
        "type": _type_word(question),
        **_common(question),
        **_texts("guidance_hint", question.guidance),
        "required": question.required,
        **_texts("required_message", question.required_message),
        "constraint": question.constraint,
        **_texts("constraint_message", question.constraint_message),
        "calculation": question.calculation,
        "default": question.default_formula or question.default,
        "readonly": question.read_only,
        "choice_filter": question.choice_filter,
        "parameters": " ".join(f"{key}={value}" for key, value in question.parameters.items()),
        **_media(question.media),
        "criterion": question.criterion,
        "weight": "" if question.weight == "1" else question.weight,
        "stage": "" if question.stage is None else str(question.stage),
        "met_at": "" if question.met_at == "1" else question.met_at,
        "not_applicable": question.not_applicable,
        **_texts("good", question.good),
        **_texts("evidence", question.evidence),
        "area": question.area,
        "topic": question.topic,
    }


def _type_word(question: Question) -> str:
    if question.type not in SELECT_TYPES:
        return _TYPE_WORDS.get(question.type, question.type.value)
    word, choices = question.type.value, question.choice_list
    if question.choices_from:
        return f"{word} ${{{question.choices_from}}}"
    if choices.startswith(_EXTERNAL):
        return f"{word}_external {choices.removeprefix(_EXTERNAL)}"
    if choices and not choices.startswith(_FILE):
        return f"{word} {choices}"
    table = choices.removeprefix(_FILE).partition("/")[0] or question.name
    return f"{word}_from_file {question.choices_file or f'{table}.csv'}"


def _common(item: Item) -> SheetRow:
    return {
        "name": item.name,
        **_texts("label", item.label),
        **_texts("hint", item.hint),
        "relevant": item.relevant,
        "appearance": _appearance(item.appearance),
    }


def _appearance(appearance: str) -> str:
    """pyxform adds to a table that its questions stand on one page; it would do so again."""
    words = appearance.split()
    if _TABLE not in words:
        return appearance
    return " ".join(word for word in words if word != _ONE_PAGE)


def _list_rows(name: str, choices: Iterable[Choice]) -> Iterator[SheetRow]:
    for choice in choices:
        columns = {key: cell for key, cell in choice.columns.items() if key not in _TAKEN_COLUMNS}
        yield {
            "list_name": name,
            "name": choice.name,
            **_texts("label", choice.label),
            **_media(choice.media),
            "points": choice.points,
            **columns,
        }


def _texts(field: str, texts: Texts, *, always_named: bool = False) -> SheetRow:
    return {
        field
        if language == UNMARKED_LANGUAGE and not always_named
        else f"{field}::{language_header(language)}": text
        for language, text in texts.items()
    }


def _media(media: Mapping[str, Texts]) -> SheetRow:
    return {
        header: name
        for kind, names in media.items()
        for header, name in _texts(f"media::{kind}", names).items()
    }


def _level_names(levels: Sequence[Texts]) -> SheetRow:
    languages = dict.fromkeys(language for level in levels for language in level)
    return _texts(
        "level_names",
        {
            language: joined_names(
                {place: level[language] for place, level in enumerate(levels) if language in level},
                len(levels),
            )
            for language in languages
        },
    )


def _stated_language(definition: FormDefinition) -> str:
    """The form's own language, unless texts without a language stand beside those that have one."""
    if definition.default_language == UNMARKED_LANGUAGE or _has_unmarked_texts(definition):
        return ""
    return language_header(definition.default_language)


def _has_unmarked_texts(definition: FormDefinition) -> bool:
    texts: list[Texts] = [definition.summary, definition.intro, *definition.level_names]
    for item in definition.by_path.values():
        texts += [item.label, item.hint]
        if isinstance(item, Question):
            texts += [item.guidance, item.required_message, item.constraint_message, item.good, item.evidence]
            texts += item.media.values()
    for choices in definition.choice_lists.values():
        texts += [text for choice in choices for text in (choice.label, *choice.media.values())]
    return any(UNMARKED_LANGUAGE in each for each in texts)


def _doubles_a_choice(definition: FormDefinition) -> bool:
    return any(
        len({choice.name for choice in choices}) < len(choices)
        for choices in definition.choice_lists.values()
    )
