"""数字: what happened in a fiscal year or some of its months, and what city and state ask for."""
