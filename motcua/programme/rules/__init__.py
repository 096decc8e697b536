"""What a plan's words mean: deadlines, columns, groups, targets. No database, no framework, no file formats."""
