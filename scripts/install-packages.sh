#!/usr/bin/env bash
# Installs the Debian packages of the named lists (scripts/packages/NAME.txt), if any is missing.
#
#     scripts/install-packages.sh run          to run the portal
#     scripts/install-packages.sh run test     to develop and test it
#
# Without root or sudo it prints the one line that an administrator must run, and fails.
set -euo pipefail
umask 022
cd "$(dirname "$0")/packages"

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# A Python from elsewhere (pyenv, an image of its own) serves as well as Debian's.
has_python() {
    python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

is_present() {
    case "$1" in
        python3 | python3-venv) has_python ;;
        *) is_installed "$1" ;;
    esac
}

missing=()
for list in "$@"; do
    while read -r package _; do
        case "$package" in
            '' | '#'*) ;;
            *) is_present "$package" || missing+=("$package") ;;
        esac
    done <"$list.txt"
done

if [ "${#missing[@]}" -eq 0 ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "This is not a Debian system. Install what corresponds to: ${missing[*]}" >&2
    exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=(sudo)
    else
        echo "Some system packages are missing. An administrator must run this one line:" >&2
        echo >&2
        echo "    apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}" >&2
        echo >&2
        exit 1
    fi
fi

echo "Installing system packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
wait_for_lock=(-o DPkg::Lock::Timeout=300)
"${as_root[@]}" apt-get "${wait_for_lock[@]}" update -qq
"${as_root[@]}" env DEBIAN_FRONTEND="$DEBIAN_FRONTEND" \
    apt-get "${wait_for_lock[@]}" install --yes --no-install-recommends -qq "${missing[@]}" >/dev/null
