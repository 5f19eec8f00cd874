#!/usr/bin/env bash
# Makes the virtual environment from a hash-pinned requirements file; does nothing when it is already so.
#
#     scripts/install-python.sh requirements.txt
#     scripts/install-python.sh requirements-dev.txt
#
# The environment is .venv in the project, or $VENV.
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."

requirements=$1
venv=${VENV:-.venv}
stamp="$venv/installed-$(basename "$requirements").sha256"

if [ -f "$stamp" ] && sha256sum --check --status "$stamp" && "$venv/bin/python" -c '' 2>/dev/null; then
    exit 0
fi

echo "Installing Python packages from $requirements"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The portal needs Python 3.11 or newer.")'
# A broken environment (its Python gone, the folder moved) is made anew.
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    rm -rf "$venv"
    python3 -m venv "$venv"
fi
"$venv/bin/python" -m pip install -qq --no-input --disable-pip-version-check --progress-bar off \
    --require-hashes --requirement "$requirements"
sha256sum "$requirements" >"$stamp"
