"""The demonstration: a province that works, its officers and its dossiers; never loaded in a real deployment."""
