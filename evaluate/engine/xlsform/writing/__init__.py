"""Writes questionnaires as XLSForm workbooks that read back as they were.

rows        what stands in the sheets survey, choices, external_choices and settings
cells       the sheets as an .xlsx file in which nothing runs as a formula
exact       what a cell of XLSForm does not give back as it was, in a sheet of its own
"""

from evaluate.engine.xlsform.writing.workbooks import write_workbook

__all__ = ["write_workbook"]
