"""What a finished run says, as data: pages, reports, files and the API read it and add no number of their own.

numbers       exact numbers as people write them
words         what a version calls its parts, in the reader's language
parts         what a result consists of
building      a result from a run
exclusions    why a criterion does not count, in words
climbing      a criterion's next step, and the one after
next_level    what is missing for the next level
movement      what moved since an earlier run
earlier_runs  which earlier runs there are to compare with
suggestions   what the catalogue has for weak criteria
explanation   every number, worked out again from the answers
standing      a score in one line
figures       charts with their tables
"""
