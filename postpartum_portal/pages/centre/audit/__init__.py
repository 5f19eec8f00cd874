"""記録: who saw somebody, and what somebody of the staff did."""
