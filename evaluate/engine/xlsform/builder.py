"""Turns pyxform's nested form of a questionnaire into a FormDefinition."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from pyxform.aliases import BINDING_CONVERSIONS
from pyxform.constants import SELECT_ONE_EXTERNAL
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from evaluate.engine.definition import (
    POINTS_OVER_MAXIMUM,
    UNMARKED_LANGUAGE,
    Choice,
    FormDefinition,
    Group,
    Item,
    Question,
    Repeat,
    Row,
    Texts,
    text_in,
    walk_items,
)
from evaluate.engine.problems import FormRejected, Problem
from evaluate.engine.question_types import SELECT_TYPES, QuestionType
from evaluate.engine.xlsform.choices import (
    build_choices,
    external_list_name,
    external_lists,
    table_choices,
    table_list_name,
)
from evaluate.engine.xlsform.languages import language_code
from evaluate.engine.xlsform.limits import MAX_NESTING
from evaluate.engine.xlsform.own_columns import OwnCells
from evaluate.engine.xlsform.own_values import OwnValues
from evaluate.engine.xlsform.prechecks import SELECT_FROM_FILE_ENDINGS
from evaluate.engine.xlsform.texts import ROW, WrittenTexts
from evaluate.engine.xlsform.type_words import question_type
from evaluate.engine.xlsform.workbook import Workbook

Node = Mapping[str, Any]

_TABLE_HEADER = "reserved_name_for_field_list_labels_"
_TABLE_TITLE = "generated_table_list_label_"
_FALSE = "false()"
SPECIFY_OTHER = "Specify other."
SPECIFY_OTHER_TEXTS = {"es": "¿Cuál?", "en": "Which one?", "pt": "Qual?"}


class DefinitionBuilder:
    """Builds one definition; pyxform's names for things end here."""

    def __init__(self, data: Node, book: Workbook, tables: Mapping[str, Sequence[Row]]) -> None:
        """Take pyxform's form of the questionnaire, the workbook, and tables attached by their name."""
        self._data = data
        self._book = book
        self._tables = {name: tuple(rows) for name, rows in tables.items()}
        stated = str(data.get("default_language", UNMARKED_LANGUAGE))
        self._language = UNMARKED_LANGUAGE if stated == UNMARKED_LANGUAGE else language_code(stated)
        self._texts = WrittenTexts(book, "survey", self._language)
        choice_texts = WrittenTexts(book, "choices", self._language)
        self._lists: dict[str, tuple[Choice, ...]] = {
            name: build_choices(rows, choice_texts) for name, rows in data.get("choices", {}).items()
        }
        self._lists.update(external_lists(book, self._language))
        self._own = OwnValues(
            OwnCells(book, "survey", self._language), OwnCells(book, "settings", self._language)
        )

    def build(self) -> FormDefinition:
        """The definition."""
        own = self._own.of_questionnaire()
        items = self._items(self._data["children"], "", 0)
        languages = _languages(items)
        stated = self._language in languages
        scored = any(choice.points for choices in self._lists.values() for choice in choices)
        return FormDefinition(
            **{"scoring": POINTS_OVER_MAXIMUM if scored else "", **own},
            form_id=str(self._data["id_string"]),
            title=self._title(own.get("titles", {})),
            version=str(self._data.get("version", "")),
            languages=languages,
            default_language=self._language if stated else languages[0],
            root_name=str(self._data["name"]),
            instance_name=str(self._data.get("instance_name", "")),
            items=items,
            choice_lists=self._lists,
            tables=self._tables,
        )

    @property
    def problems(self) -> list[Problem]:
        """What could not be understood in the portal's own columns, once the definition is built."""
        return self._own.problems

    def _title(self, titles: Texts) -> str:
        """The title without a language; where there is none, the one in the form's own language."""
        title = WrittenTexts(self._book, "settings", self._language).title()
        return title or text_in(titles, self._language, self._language) or str(self._data["title"])

    def _items(self, nodes: Sequence[Node], path: str, depth: int) -> tuple[Item, ...]:
        if depth > MAX_NESTING:
            message = _("Hay más de %(limit)d grupos unos dentro de otros. Simplificá la estructura.")
            raise FormRejected([Problem(message % {"limit": MAX_NESTING}, "survey")])
        built = (self._item(node, path, depth) for node in nodes)
        return tuple(item for item in built if item is not None)

    def _item(self, node: Node, path: str, depth: int) -> Item | None:
        name = str(node["name"])
        if name.startswith(_TABLE_HEADER) or (not path and name == "meta" and node["type"] == "group"):
            return None
        if node["type"] in {"group", "repeat"}:
            return self._group(node, f"{path}/{name}", depth)
        kind = question_type(str(node["type"]))
        return self._question(node, f"{path}/{name}", kind) if kind is not None else None

    def _group(self, node: Node, path: str, depth: int) -> Group:
        children: list[Node] = list(node.get("children", ()))
        title: Node = {}
        # pyxform spells a table out as hidden labels; here the group keeps its title and says what it is.
        if children and str(children[0]["name"]).startswith(_TABLE_TITLE):
            title = children.pop(0)
        is_table = any(str(child["name"]).startswith(_TABLE_HEADER) for child in children)
        common = self._common(
            {**node, **{key: title[key] for key in ("label", "hint") if key in title}}, path
        )
        if is_table:
            common["appearance"] = f"table-list {common['appearance']}".strip()
        common["items"] = self._items(children, path, depth + 1)
        if node["type"] == "repeat":
            return Repeat(**common, count=str(node.get("control", {}).get("jr:count", "")))
        return Group(**common)

    def _common(self, node: Node, path: str) -> dict[str, Any]:
        return {
            "name": str(node["name"]),
            "path": path,
            "label": _label(node, self._texts),
            "hint": self._texts.of(node, "hint"),
            "relevant": _condition(node.get("bind", {}).get("relevant", "")),
            "appearance": str(node.get("control", {}).get("appearance", "")),
            "row": int(node[ROW]) if ROW in node else None,
        }

    def _question(self, node: Node, path: str, kind: QuestionType) -> Question:
        bind = {**QUESTION_TYPE_DICT.get(str(node["type"]), {}).get("bind", {}), **node.get("bind", {})}
        parameters = {key: str(value) for key, value in _parameters(node).items()}
        common = self._common(node, path)
        if kind in SELECT_TYPES and "label" in common["appearance"].split():
            # Such a select only heads a table of others; nobody answers it.
            kind = QuestionType.NOTE
        is_formula = bool(node.get("_dynamic_default"))
        default = str(node.get("default", ""))
        return Question(
            **common,
            type=kind,
            guidance=self._texts.of(node, "guidance_hint"),
            required=""
            if _condition(bind.get("required", "")) == _FALSE
            else _condition(bind.get("required", "")),
            required_message=self._texts.read(node, bind.get("jr:requiredMsg")),
            constraint=_condition(bind.get("constraint", "")),
            constraint_message=self._texts.read(node, bind.get("jr:constraintMsg")),
            calculation=str(bind.get("calculate", "")),
            default="" if is_formula else _plain_default(default, kind),
            default_formula=default if is_formula else "",
            read_only="" if kind is QuestionType.NOTE else _condition(bind.get("readonly", "")),
            **self._choices(node, kind, parameters),
            parameters=parameters,
            media=self._texts.media(node),
            **self._own.of_question(common["row"]),
        )

    def _choices(self, node: Node, kind: QuestionType, parameters: Mapping[str, str]) -> dict[str, Any]:
        if kind not in SELECT_TYPES:
            return {}
        chosen = {"choice_filter": str(node.get("choice_filter", ""))}
        name = str(node.get("itemset", ""))
        if name.startswith("${"):
            return {**chosen, "choices_from": name[2:-1].strip()}
        if name.endswith(SELECT_FROM_FILE_ENDINGS):
            chosen["choices_file"] = name
            stem = PurePath(name).stem
            if stem not in self._tables:
                return chosen
            name = table_list_name(stem, parameters)
            self._lists[name] = table_choices(self._tables[stem], parameters, self._language)
        elif node["type"] == SELECT_ONE_EXTERNAL:
            name = external_list_name(name)
        return {**chosen, "choice_list": name}


def _label(node: Node, written: WrittenTexts) -> Texts:
    """The label, in the portal's languages where pyxform made it up in English for "or_other"."""
    if ROW not in node and node.get("label") == SPECIFY_OTHER:
        return SPECIFY_OTHER_TEXTS
    return written.of(node, "label")


def _condition(value: Any) -> str:
    """A yes-or-no cell as a formula: `yes` and `TRUE` are true(), `no` is false()."""
    text = str(value).strip()
    return BINDING_CONVERSIONS.get(text, text)


def _parameters(node: Node) -> Mapping[str, Any]:
    value = node.get("parameters", {})
    if isinstance(value, Mapping):
        return value
    pairs = (part.partition("=") for part in str(value).replace(",", " ").split())
    return {key: setting for key, _sign, setting in pairs}


def _plain_default(default: str, kind: QuestionType) -> str:
    """Excel adds midnight to a date; the question asks for the day alone."""
    return default.removesuffix(" 00:00:00") if kind is QuestionType.DATE else default


def _languages(items: tuple[Item, ...]) -> tuple[str, ...]:
    """The languages that the questions are written in, in the order of the columns."""
    labels: list[Texts] = [item.label for item in walk_items(items) if item.row is not None]
    found = dict.fromkeys(language for label in labels for language in label)
    return tuple(found) or (UNMARKED_LANGUAGE,)
