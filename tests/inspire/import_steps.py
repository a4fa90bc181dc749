"""Files on their way into the library, taken from step to step."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from inspire.models import ImportBatch
from inspire.services.importing import import_apply, import_check, import_undo, import_undo_start

ROW = {"Código": "1", "Nombre": "Plaza nueva", "País": "AR", "Detalle": "Se hizo.", "Tema": "Residuos"}


def csv_of(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def uploaded(client, *rows: dict[str, str], source: str = "obras", name: str = "obras.csv") -> ImportBatch:
    response = client.post(
        "/inspirarme/importaciones/",
        {"file": SimpleUploadedFile(name, csv_of(*rows)), "source": source, "language": "es"},
    )
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("id")


def proposed(client, batch: ImportBatch) -> dict[str, str]:
    """The mapping form as the page offers it."""
    page = client.get(f"/inspirarme/importaciones/{batch.public_id}/columnas/")
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def checked(client, *rows: dict[str, str], **options: str) -> ImportBatch:
    batch = uploaded(client, *rows, **options)
    response = client.post(f"/inspirarme/importaciones/{batch.public_id}/columnas/", proposed(client, batch))
    assert response.status_code == 302
    import_check(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def applied(client, *rows: dict[str, str], **options: str) -> ImportBatch:
    batch = checked(client, *rows, **options)
    client.post(f"/inspirarme/importaciones/{batch.public_id}/paso/", {"paso": "confirmar"})
    import_apply(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def undone(batch: ImportBatch) -> ImportBatch:
    import_undo_start(batch=batch, user=batch.made_by)
    import_undo(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch
