"""The image and the compose file do what the demo and the settings say."""

import re
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def recipe(target: str) -> list[str]:
    """Answer the commands of a Makefile target."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    block = re.search(rf"^{re.escape(target)}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert block is not None
    return [line.strip().lstrip("@") for line in block[1].splitlines()]


def test_image__is_built_by_the_scripts_of_make_demo() -> None:
    built = re.findall(r"^RUN (scripts/.*)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert built == recipe(".demo-setup")


def test_image__does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert lines.index("USER portal") < next(i for i, line in enumerate(lines) if line.startswith("CMD"))


def test_compose__watches_every_service_that_stays() -> None:
    unwatched = {name for name, service in compose()["services"].items() if "healthcheck" not in service}
    assert unwatched == {"migrate"}


def test_compose__starts_nothing_without_its_secrets() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD", "POSTGRES_OWNER_PASSWORD"):
        uses = re.findall(rf"\$\{{{secret}\b[^}}]*}}", text)
        assert uses
        assert all(use.startswith(f"${{{secret}:?") for use in uses)


def test_compose__reads_what_the_sample_documents() -> None:
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    sample = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert used == set(re.findall(r"^(\w+)=", sample, re.MULTILINE))


def test_compose__serves_every_queue() -> None:
    assert "--queues letters,mail,default" in compose()["services"]["worker"]["command"]
    assert "noeviction" in compose()["services"]["redis"]["command"]


def test_compose__lets_only_the_migration_own_the_tables() -> None:
    services = compose()["services"]
    owners = {
        name for name, row in services.items() if "//owner:" in row.get("environment", {}).get("DATABASE_URL", "")
    }
    assert owners == {"migrate"}
    assert "grant_rights --to portal" in services["migrate"]["command"]


def test_compose__waits_longer_than_what_is_under_way_may_take() -> None:
    """Docker kills after ten seconds unless it is told otherwise."""
    started = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    requests_may_take = int(re.findall(r'"--graceful-timeout", "(\d+)"', started)[0])
    services = compose()["services"]
    assert services["web"]["stop_grace_period"] == f"{requests_may_take + 10}s"
    assert services["worker"]["stop_grace_period"] == "2m"
    assert settings.CELERY_TASK_TIME_LIMIT < 2 * 60
