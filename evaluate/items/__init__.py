"""What stands around one question on the answer page: whether it applies, who else answered, comments, evidence."""
