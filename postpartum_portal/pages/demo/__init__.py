"""Helpers of `make demo`: sign-ins, the clock, the mails. They exist under demo settings only."""
