"""A result to take away: the report for print, and the tables behind it.

document    what the report says, section by section
reading     the result in a paragraph that needs no key
words       the fixed texts of the report's template
tables      the result as rows: summary, criteria, answers, explanation
files       the tables as CSV and as a workbook
"""
