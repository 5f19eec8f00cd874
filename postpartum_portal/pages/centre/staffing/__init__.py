"""職員: who works at a centre, and what its deciders change about that."""
