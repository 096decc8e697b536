"""Every number is counted here, once, from the permanent events: by unit as of that day, and with the dossiers behind it."""
