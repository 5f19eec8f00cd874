"""A backup is a folder: the database, the files that its rows name, and a manifest by which both are checked."""
