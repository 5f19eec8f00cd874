"""Forms of the app, by who fills them in."""
