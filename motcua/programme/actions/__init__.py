"""What we do with plans."""
