"""Without root or sudo the newcomer learns the one line that an administrator must run."""

import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent.parent.parent / "scripts" / "install-packages.sh"


def install(tmp_path: Path, *, installed: bool, **commands: str) -> subprocess.CompletedProcess[str]:
    """Run the script on a machine whose dpkg-query, id, sudo and apt-get are stand-ins."""
    stand_ins = {"dpkg-query": f"printf {'installed' if installed else 'unknown'}", "apt-get": "echo apt-get $*"}
    for name, body in (stand_ins | commands).items():
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    return subprocess.run(
        [SCRIPT, "run", "test"], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_install__does_nothing_when_all_is_there(tmp_path: Path) -> None:
    done = install(tmp_path, installed=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_install__names_one_line_when_it_may_not_install(tmp_path: Path) -> None:
    done = install(tmp_path, installed=False, id="echo 1000", sudo="exit 1")
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if "apt-get" in line]
    assert line.strip().startswith("apt-get update && apt-get install --yes --no-install-recommends ")
    assert "libharfbuzz-subset0" in line
    assert "redis-server" in line


def test_install__uses_sudo_when_not_root(tmp_path: Path) -> None:
    done = install(tmp_path, installed=False, id="echo 1000", sudo='[ "$1" = -n ] || echo sudo $*')
    assert done.returncode == 0
    assert "sudo apt-get -o DPkg::Lock::Timeout=300 update" in done.stdout
