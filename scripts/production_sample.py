"""Runs a command under the production settings with the sample environment; for the image's build and for checks.

    python -m scripts.production_sample python manage.py collectstatic --no-input

Secrets that .env.example leaves open are made up by each run; what else is open there may stay so.
"""

import os
import secrets
import sys
from pathlib import Path

from scripts import processes

SAMPLE = Path(__file__).resolve().parent.parent / ".env.example"
SECRET = ("SECRET_KEY", "PASSWORD")
# What docker-compose.yml adds to .env: the addresses of its own services.
COMPOSED = {
    "DJANGO_SETTINGS_MODULE": "postpartum_portal.settings.production",
    "DATABASE_URL": "postgres://portal@localhost:5432/portal",
    "REDIS_URL": "redis://localhost:6379/0",
}


def production_sample() -> dict[str, str]:
    """Answer the production environment as .env.example documents it."""
    lines = (line.strip() for line in SAMPLE.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return COMPOSED | {
        name: value or (secrets.token_urlsafe(48) if name.endswith(SECRET) else "") for name, value in pairs
    }


if __name__ == "__main__":
    sys.exit(processes.run(sys.argv[1:], env={**os.environ, **production_sample()}))
