"""The portal as real processes on the test database: web server, worker, mail server. Fixtures are in `fixtures`."""
