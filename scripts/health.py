"""Asks the portal's health page; the exit code tells whether it is well. For container health checks."""

import http.client
import os
import sys


def is_healthy(port: int, *, host: str = "localhost") -> bool:
    """Tell whether the portal on this loopback port, asked by a host name that it allows, answers that it is well."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": host})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    allowed = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    sys.exit(not is_healthy(8000, host=allowed))
