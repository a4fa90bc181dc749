"""Reads XLSForm workbooks: `read_workbook(source, filename) -> Reading(definition, warnings)`."""

from evaluate.engine.xlsform.reading import Reading, read_workbook

__all__ = ["Reading", "read_workbook"]
