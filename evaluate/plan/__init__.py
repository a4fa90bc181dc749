"""The improvement plan as its pages and files show it.

criteria    what a questionnaire's criteria are called, to choose one
origin      the criterion that a step begins with: where it stands, and what its next level is
shares      where a step's criterion stood when it was written, and where it stands now
filters     which steps a page or file shows, as its address says
board       the list of steps with its progress
exporting   the same as a table
"""
