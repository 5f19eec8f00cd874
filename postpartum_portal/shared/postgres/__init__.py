"""Django's PostgreSQL backend, with an end to its patience (docs/adr/0034)."""
