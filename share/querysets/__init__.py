"""What is read, in the field's words."""
