"""XLSForm workbooks, both ways.

read_workbook(source, filename) -> Reading(definition, warnings)
write_workbook(definition) -> bytes
"""

from evaluate.engine.xlsform.reading import Reading, read_workbook
from evaluate.engine.xlsform.writing import write_workbook

__all__ = ["Reading", "read_workbook", "write_workbook"]
