"""What is done across the packages below: one operation, each package its own share of it."""
