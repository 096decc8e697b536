"""Front door for citizens and businesses: find a procedure, follow a dossier."""
