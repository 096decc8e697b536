"""Front door for officers: home, inbox over all subjects, administration pages."""
