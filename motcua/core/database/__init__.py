"""The engine of `settings.DATABASES`: Django looks for its parts here by name."""
