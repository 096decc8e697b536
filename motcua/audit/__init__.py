"""Evidence of use: who did and read what; never read by rules."""
