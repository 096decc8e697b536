"""The PostgreSQL server that comes with the project: where it lives, how it starts and how it stops."""
