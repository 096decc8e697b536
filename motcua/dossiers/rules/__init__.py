"""What the law says about the life of a dossier: tables and pure functions."""
