"""Pages of figures: the board, the tables, the dossiers behind any number, and the closing of a period."""
