"""What a form is, how it is filled, checked and added up, and the life of a report: pure."""
