"""Drafts of questionnaires as RIL's staff edit them: changes, findings, forms and what the pages show."""
