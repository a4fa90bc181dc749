"""However many reports a process prints, it keeps no more than the last few."""

from pathlib import Path

import pytest
from django.utils import timezone

from evaluate.engine.definition import SUM
from evaluate.reporting.document import ReportParts, report_data
from evaluate.result.explanation import explanation_of
from portal.core.pdf import pdf_document
from tests.evaluate.result_forms import asked, form, scored

pytestmark = pytest.mark.django_db
WARMING_UP, PRINTED = 25, 60
MOST_GROWTH_MB = 40


def memory_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def salted(value, salt: str):
    """The same data with other words, so that nothing of the print before can be used again."""
    if isinstance(value, str):
        return f"{value} {salt}" if value and "://" not in value else value
    if isinstance(value, dict):
        return {key: salted(each, salt) for key, each in value.items()}
    return [salted(each, salt) for each in value] if isinstance(value, list) else value


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Only Linux tells a process its memory.")
def test_many_different_reports_do_not_make_the_process_grow():
    sections = {
        f"s{place}": [asked(f"q{place}x{each}", f"s{place}") for each in range(6)] for place in range(4)
    }
    found = scored(form(SUM, sections), {f"s{place}/q{place}x1": "c2" for place in range(4)})
    parts = ReportParts(
        result=found.result, explanation=explanation_of(found.result, found.definition, "es"), path="/"
    )
    made_at = timezone.now()
    data = report_data(parts, made_at=made_at)
    before = 0.0
    for number in range(WARMING_UP + PRINTED):
        if number == WARMING_UP:
            before = memory_mb()
        pdf_document(
            "evaluate/report.typ", salted(data, f"v{number}"), title="Informe", language="es", made_at=made_at
        )
    assert memory_mb() - before < MOST_GROWTH_MB
