"""The copy of everything about a person: a ZIP to be read and to be processed, whatever hostile texts are in it."""

import json
import tracemalloc
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from portal.accounts.export_words import has_word
from portal.accounts.models import User
from portal.accounts.personal_data import SubjectAccess, subject_accesses
from portal.accounts.services import account_archive, account_export
from portal.files.models import StoredFile
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.leaving_scene import whole_scene

pytestmark = pytest.mark.django_db
HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def part():
    """Register parts of the copy for the length of a test."""
    made = []

    def register(export, **options):
        access = SubjectAccess(f"test-{len(made)}", options.pop("label", "De prueba"), export, **options)
        made.append(access.id)
        return subject_accesses.register(access)

    yield register
    for part_id in made:
        subject_accesses._items.pop(part_id)


def unpacked(user: User) -> ZipFile:
    with account_archive(user=user) as archive:
        return ZipFile(BytesIO(archive.read()))


def an_upload(user, name, content=b"contenido"):
    return StoredFile.objects.create(
        use="connect-message", name=name, content=ContentFile(content, name="x"), content_type="text/plain",
        size=len(content), sha256="0" * 64, uploaded_by=user,
    )  # fmt: skip


class Page(HTMLParser):
    """Counts what stands in a page."""

    VOID = {"meta", "br", "!doctype"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_download_is_a_zip_of_a_page_the_data_and_her_files(client):
    user = MembershipFactory(user__name="Ana Dueña").user
    an_upload(user, "acta.txt", b"El acta")
    client.force_login(user)
    answer = client.get(reverse("accounts:account-download"))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mis-datos-')
    assert answer.headers["Content-Type"] == "application/zip"
    assert "private" in answer.headers["Cache-Control"]
    packed = ZipFile(BytesIO(answer.getvalue()))
    assert packed.testzip() is None
    assert sorted(packed.namelist()) == ["archivos/0001-acta.txt", "datos.html", "datos.json"]
    assert packed.read("archivos/0001-acta.txt") == b"El acta"
    parts = {each["id"]: each["data"] for each in json.loads(packed.read("datos.json"))["parts"]}
    assert set(parts) == {access.id for access in subject_accesses}
    assert parts["accounts.account"]["name"] == "Ana Dueña"


def test_the_page_stands_alone_in_her_language_with_a_heading_for_each_part(part):
    part(lambda user: [{"title": "Uno", "created_at": "2026-03-01T15:00:00+00:00"}] * 2, label="Cosas")
    user = UserFactory(name="Ana Dueña", language="es", time_zone="America/Lima")
    text = unpacked(user).read("datos.html").decode()
    page = Page(text)
    assert page.open == []
    assert page.attributes["lang"] == "es"
    assert page.tags.count("h1") == 1
    assert page.tags.count("h2") == len(list(subject_accesses)) + 1
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert '<th scope="col">Título</th>' in text
    assert "10:00" in text
    assert "No hay nada." in text


def test_hostile_texts_stay_texts(part):
    part(lambda user: [{"title": HOSTILE, "text": [HOSTILE]}, {HOSTILE: {HOSTILE: HOSTILE}}], label=HOSTILE)
    user = UserFactory(name=HOSTILE)
    packed = unpacked(user)
    page = Page(packed.read("datos.html").decode())
    assert page.open == []
    assert not {"script", "img"} & set(page.tags)
    assert "onerror" not in page.attributes
    parts = json.loads(packed.read("datos.json"))["parts"]
    assert next(each for each in parts if each["label"] == HOSTILE)["data"][0]["title"] == HOSTILE


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\windows.ini",
        "a\0b.txt",
        "CON",
        ".",
        "",
        "\u202egpj.exe",
        "x" * 200,
    ],
)
def test_no_file_name_leads_out_of_the_folder(name):
    user = UserFactory()
    an_upload(user, name.replace("\0", "\ufffd"))
    inside = next(each for each in unpacked(user).namelist() if each.startswith("archivos"))
    folder, _slash, rest = inside.partition("/")
    assert folder == "archivos"
    assert rest.startswith("0001-")
    assert not set(rest) & set('/\\:*?"<>|\0\u202e')
    assert ".." not in rest
    assert len(rest) < 120


def test_files_of_one_name_do_not_replace_each_other_and_a_lost_one_is_named():
    user = UserFactory()
    an_upload(user, "acta.txt", b"uno")
    an_upload(user, "acta.txt", b"dos")
    lost = an_upload(user, "perdida.txt")
    lost.content.storage.delete(lost.content.name)
    packed = unpacked(user)
    contents = [packed.read(name) for name in packed.namelist() if name.startswith("archivos")]
    assert contents == [b"uno", b"dos"]
    assert "perdida.txt" in packed.read("datos.html").decode()


def test_nobody_elses_address_or_file_is_in_it():
    other = MembershipFactory(user__email="ajena@example.org").user
    an_upload(other, "ajena.txt")
    user = MembershipFactory(municipality=other.memberships.get().municipality).user
    packed = unpacked(user)
    whole = b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert "ajena" not in whole
    assert "ajena" not in "".join(packed.namelist())


def test_memory_does_not_grow_with_what_she_did(part):
    def rows(user):
        for number in range(1_000):
            yield {"at": "2026-03-01T15:00:00+00:00", "text": f"{number} " + "x" * 4_000}

    part(rows)
    user = UserFactory()
    an_upload(user, "grande.txt", b"0123456789" * 300_000)
    tracemalloc.start()
    try:
        with account_archive(user=user) as archive:
            archive.seek(0, 2)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The rows are 4 MB twice over, and the file is 3 MB.
    assert peak < 4_000_000


def named_fields(value) -> set[str]:
    """Return the names of fields in a copy; what is keyed by questions or parts is not named by us."""
    if isinstance(value, list):
        return set().union(*map(named_fields, value))
    if not isinstance(value, dict):
        return set()
    keyed_by_data = {"answers", "not_applicable", "content", "visibility", "value"}
    inner = [named_fields(each) for key, each in value.items() if key not in keyed_by_data]
    return set(value).union(*inner)


# Texts that are declared as hers and are not in her copy, and why.
NOT_IN_THE_COPY = {
    # Whoever blocks another is not told of in her copy; in the scene those of every introduction are kept apart.
    "connect.Introduction.note",
    # Only of questions that were said not to apply, and this one was answered.
    "evaluate.Answer.reason",
    # The key to her calendar: who reads her copy must not be able to open it.
    "share.CalendarFeed.token_hash",
}


def test_all_that_she_wrote_is_in_her_copy_and_every_field_of_it_has_a_name_for_people():
    scene = whole_scene()
    parts = [part["data"] for part in account_export(user=scene.her)["parts"]]
    whole = json.dumps(parts, ensure_ascii=False, default=str)
    assert len(scene.texts) > 20
    assert {place for place, text in scene.texts.items() if text not in whole} == NOT_IN_THE_COPY
    names = named_fields(parts)
    assert len(names) > 50
    assert {name for name in names if not has_word(name)} == set()
