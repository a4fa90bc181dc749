"""The copy of her data that a person can have (right of access, Ley 25.326, article 14)."""

import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, TextIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone, translation

from portal.accounts.export_page import ExportPage
from portal.accounts.models import User
from portal.accounts.personal_data import Exported, subject_accesses

# Names inside the archive. They are the same in every language, so that programs find them.
DATA, PAGE, FILES = "datos.json", "datos.html", "archivos"
_COPIED_AT_ONCE = 1024 * 1024
_LONGEST_NAME = 100


def account_export(*, user: User) -> dict[str, Any]:
    """Return everything that the portal keeps about a person, part by part, as plain values."""
    return {
        **_head(),
        "parts": [
            {"id": part.id, "label": str(part.label), "data": _whole(part.export(user))}
            for part in subject_accesses
        ],
    }


def account_archive(*, user: User) -> IO[bytes]:
    """Return everything about a person as a ZIP file: for programs, for reading, and the files she uploaded.

    Written row by row to temporary files, so that its memory does not grow with what she did. Whoever gets it closes
    it. In her language and her time.
    """
    with ExitStack() as unfinished:
        archive = unfinished.enter_context(TemporaryFile())
        with (
            translation.override(user.language),
            timezone.override(_zone(user)),
            TemporaryFile("w+", encoding="utf-8") as data,
            TemporaryFile("w+", encoding="utf-8") as page,
            ZipFile(archive, "w", ZIP_DEFLATED) as packed,
        ):
            files = _pack_files(packed, user)
            _write(user, cast(TextIO, data), cast(TextIO, page), files)
            _pack_text(packed, DATA, cast(TextIO, data))
            _pack_text(packed, PAGE, cast(TextIO, page))
        archive.seek(0)
        unfinished.pop_all()
        return archive


def _head() -> dict[str, str]:
    return {
        "portal": settings.SITE_NAME,
        "exported_at": timezone.localtime().isoformat(timespec="seconds"),
    }


def _whole(data: Exported) -> Exported:
    return data if isinstance(data, Mapping) else list(data)


def _zone(user: User) -> ZoneInfo:
    try:
        return ZoneInfo(user.time_zone)
    except (ValueError, OSError, LookupError):
        return ZoneInfo(settings.TIME_ZONE)


@transaction.atomic
def _write(user: User, data: TextIO, page: TextIO, files: list[tuple[str, str]]) -> None:
    """Write each row once for programs and once for people; in a transaction, as cursors on the server need one."""
    head = _head()
    writer = ExportPage(page)
    writer.begin(
        site=head["portal"], name=user.get_full_name(), at=timezone.now(), parts=list(subject_accesses)
    )
    data.write(
        f'{{"portal": {_json(head["portal"])}, "exported_at": {_json(head["exported_at"])}, "parts": ['
    )
    for number, part in enumerate(subject_accesses):
        data.write(
            f'{"," if number else ""}\n{{"id": {_json(part.id)}, "label": {_json(str(part.label))}, "data": '
        )
        writer.begin_part(part.id, str(part.label))
        _write_data(part.export(user), data, writer)
        writer.end_part()
        data.write("}")
    data.write("\n]}\n")
    writer.files(files)
    writer.end()


def _write_data(exported: Exported, data: TextIO, page: ExportPage) -> None:
    if isinstance(exported, Mapping):
        data.write(_json(exported))
        page.fields(exported)
        return
    data.write("[")
    for number, row in enumerate(cast(Iterable[dict[str, Any]], exported)):
        data.write(f"{',' if number else ''}\n{_json(row)}")
        page.row(row)
    data.write("]")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


def _pack_files(packed: ZipFile, user: User) -> list[tuple[str, str]]:
    """Copy her files; returns their names inside the archive (empty where the content is gone) and her own names."""
    names: list[tuple[str, str]] = []
    for part in subject_accesses:
        for file in part.files(user) if part.files else ():
            inside = f"{FILES}/{len(names) + 1:04d}-{_safe(file.name)}"
            try:
                content = file.open()
            except OSError:
                names.append(("", file.name))
                continue
            with content, packed.open(_entry(inside, ZIP_STORED), "w", force_zip64=True) as place:
                shutil.copyfileobj(content, place, _COPIED_AT_ONCE)
            names.append((inside, file.name))
    return names


def _pack_text(packed: ZipFile, name: str, text: TextIO) -> None:
    text.flush()
    content = cast(Any, text).buffer
    content.seek(0)
    with packed.open(_entry(name, ZIP_DEFLATED), "w", force_zip64=True) as place:
        shutil.copyfileobj(content, place, _COPIED_AT_ONCE)


def _entry(name: str, method: int) -> ZipInfo:
    now: datetime = timezone.localtime()
    entry = ZipInfo(name, date_time=(now.year, now.month, now.day, now.hour, now.minute, now.second))
    entry.compress_type = method
    entry.external_attr = 0o600 << 16
    return entry


def _safe(name: str) -> str:
    """Return a name that can be written on any disk and leads nowhere, whatever the row says."""
    plain = unicodedata.normalize("NFC", name)
    kept = re.sub(r"[^\w.\- ]+|\.{2,}", "_", plain).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: _LONGEST_NAME - len(ending)]}.{ending}"
    return kept[:_LONGEST_NAME] or "archivo"
