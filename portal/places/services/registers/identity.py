"""What tells one municipality of a register from another: its name, its region and its code."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.tabular import Row, RowProblem
from portal.core.tabular.values import parse_text
from portal.places.names import normalise_name
from portal.places.provinces import PROVINCES_BY_CODE, find_province
from portal.places.services.registers.columns import RegisterColumns
from portal.places.services.registers.register import Register

MAX_NAME_LENGTH = 150
MAX_CODE_LENGTH = 40
# What censuses call the people who live outside every local government.
NOT_GOVERNMENTS = frozenset(
    {"sin gobierno local", "indeterminado", "sin municipio", "sin especificar", "no corresponde", "resto"}
)


class RefusedRowError(Exception):
    """A row cannot be kept."""

    def __init__(self, row: Row, column: str | None, reason: str) -> None:
        super().__init__(reason)
        self.problem = RowProblem(row.number, column or "", reason)


@dataclass(frozen=True)
class Region:
    """A province or region; the code is empty where the register gives none."""

    code: str
    name: str


def read_name(row: Row, columns: RegisterColumns) -> str:
    """Return the municipality's name on one line.

    Raises:
        RefusedRowError: there is none, or it is not the name of a government.
    """
    name = parse_text(row.cells[columns.name])
    plain = normalise_name(name)
    if not plain:
        raise RefusedRowError(row, columns.name, _("Falta el nombre. Escribilo."))
    if plain in NOT_GOVERNMENTS:
        raise RefusedRowError(
            row,
            columns.name,
            _("«%(name)s» no es un gobierno local, sino población fuera de todos ellos. Quitá la fila.")
            % {"name": name},
        )
    if len(name) > MAX_NAME_LENGTH:
        raise RefusedRowError(row, columns.name, _("El nombre tiene más de 150 caracteres. Acortalo."))
    return name


def read_region(row: Row, columns: RegisterColumns, register: Register) -> Region:
    """Return the province or region; in Argentina under its official name and INDEC's code.

    Raises:
        RefusedRowError: there is none, it is unknown, or its name and its code are of different ones.
    """
    code = parse_text(row.cells[columns.region_code]) if columns.region_code else ""
    name = parse_text(row.cells[columns.region_name]) if columns.region_name else ""
    column = columns.region_name or columns.region_code
    if not (code or name):
        raise RefusedRowError(
            row,
            column,
            _("Falta la provincia o región: sin ella no se distingue de sus homónimos. Completala."),
        )
    if not register.has_provinces:
        return Region(code[:10], name[:100])
    by_code, by_name = PROVINCES_BY_CODE.get(code.zfill(2)), find_province(name)
    if (code and by_code is None) or (name and by_name is None):
        raise RefusedRowError(
            row,
            column,
            _("«%(text)s» no es una provincia argentina. Corregí el nombre o el código.")
            % {"text": name or code},
        )
    if by_code and by_name and by_code != by_name:
        raise RefusedRowError(
            row,
            column,
            _("El código %(code)s es de %(province)s, no de «%(name)s». Corregí uno de los dos.")
            % {"code": by_code.code, "province": by_code.name, "name": name},
        )
    province = by_code or by_name
    assert province is not None  # noqa: S101 - one of the two was given, and was found
    return Region(province.code, province.name)


def read_code(row: Row, column: str, region: Region, register: Register, repairs: Counter[str]) -> str:
    """Return the official code, with the zeros that spreadsheet programs take away put back.

    Raises:
        RefusedRowError: there is none, or it cannot be a code of this register or of this province.
    """
    code = parse_text(row.cells[column]).upper()
    if not code:
        raise RefusedRowError(row, column, _("Falta el código oficial. Completalo."))
    if not register.code_digits:
        if len(code) > MAX_CODE_LENGTH:
            raise RefusedRowError(row, column, _("El código tiene más de 40 caracteres. Corregilo."))
        return code
    digits = re.sub(r"[.,\s]", "", code)
    full = digits.zfill(register.code_digits)
    if not digits.isdecimal() or not digits.isascii() or len(full) > register.code_digits:
        raise RefusedRowError(
            row,
            column,
            _("«%(code)s» no es un código de %(digits)s cifras. Corregilo.")
            % {"code": code, "digits": register.code_digits},
        )
    if not full.startswith(region.code):
        raise RefusedRowError(
            row,
            column,
            _(
                "El código %(code)s no es de %(region)s, cuyos códigos empiezan con %(start)s. Corregí uno de los dos."
            )
            % {"code": full, "region": region.name, "start": region.code},
        )
    repairs["lost_zeros"] += len(digits) < register.code_digits
    return full
