"""Units as of a day, posts and postings, and the Actor who acts."""
