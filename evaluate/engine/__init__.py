"""The form engine of Evaluarme: reads questionnaires, answers and scores them, without a database.

definition      what a questionnaire is (immutable, stored as JSON)
xlsform         workbook -> definition, with every refusal in plain words
criteria        the portal's own readable questionnaires -> definition
expressions     the XPath subset of XLSForm: parsed and evaluated, never eval'ed
state           a definition with answers: what is visible, calculated, offered and wrong
scoring         a definition with a state -> an exact, explained score
"""
