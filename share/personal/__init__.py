"""What goes and what stays when a person leaves."""
