"""What the app does in the background."""
