"""What people think of how their dossier was handled: asked once, answered in one touch, and never left without a follow-up."""
