"""How large a workbook may be; beyond this it is an accident or an attack, not a questionnaire."""

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNCOMPRESSED_BYTES = 50 * 1024 * 1024
MAX_ROWS = 20_000
MAX_BLANK_ROWS_BEYOND = 1_000
MAX_COLUMNS = 300
MAX_NESTING = 20
