"""Ways by which files reach other machines; each library has one adapter here."""
