"""How much of a spreadsheet the portal is willing to read."""

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
# Sheets of repeated text shrink about twentyfold; a bomb shrinks a thousandfold.
MAX_UNPACKING_RATIO = 150
# Below this size no ratio does harm.
RATIO_MATTERS_FROM_BYTES = 10 * 1024 * 1024
MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_000
