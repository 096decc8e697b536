"""Pages of units, postings and the choice of a post."""
