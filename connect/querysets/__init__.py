"""Questions asked of the database, in the field's words."""
