"""Files kept unaltered, their renditions and the printed forms."""
