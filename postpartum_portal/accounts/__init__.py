"""People who sign in: parents, centre staff, facility staff; their memberships, second factor and access rules."""
