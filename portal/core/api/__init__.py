"""What every app's API shares: answers that need not be loaded again, writing that overwrites nobody, JSON, pages."""
