"""The centre's screens: the list of what to move on today, and the page of one case."""
