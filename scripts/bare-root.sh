#!/usr/bin/env bash
# Proves the commands on a machine that has nothing: makes a minimal Debian with Python, git and make under /tmp, clones
# the committed state of this repository into it, and runs a command there, `make test` unless another is given.
#
#     scripts/bare-root.sh
#     scripts/bare-root.sh make setup
#     BARE_ROOT=/tmp/bare scripts/bare-root.sh bash      keeps the root, and uses it again the next time
#
# Needs root, debootstrap, and a host of the same Debian. Packages come from wherever the host's own apt and pip get
# them: their configuration is read when the script runs. The command runs in namespaces of its own, so no mount and no
# process stays behind; the root is deleted at the end unless BARE_ROOT names it.
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."

export root=${BARE_ROOT:-$(mktemp --directory /tmp/bare-root.XXXXXX)}
export clone="/root/portal clone" # with a space, on purpose

main() {
    [ -n "${BARE_ROOT:-}" ] || trap 'rm -rf --one-file-system "$root"' EXIT
    [ -e "$root/etc/debian_version" ] || make_root
    update_clone

    echo "── $*"
    local began=$SECONDS code=0
    export -f enter folders_of_pip environment_of_host
    unshare --mount --pid --fork --kill-child bash -euo pipefail -c 'enter "$@"' enter "$@" || code=$?
    echo "── $*: $((SECONDS - began)) seconds, exit code $code"
    return "$code"
}

make_root() {
    local release mirror began=$SECONDS
    mkdir --parents "$root"
    chmod 755 "$root" # mktemp makes it private, and a machine whose / only root may enter runs no other user
    release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $release" 'Identifier: Packages' | head -n 1)
    debootstrap --variant=minbase --include=python3,git,make,ca-certificates "$release" "$root" "$mirror" >/dev/null
    copy_host_configuration
    echo "── a bare Debian $release: $((SECONDS - began)) seconds"
}

# How this host reaches its package servers: apt's sources and settings, certificates, pip's settings, name servers.
copy_host_configuration() {
    local path paths=()
    rm -rf "$root/etc/apt"
    for path in /etc/apt /usr/share/keyrings /usr/local/share/ca-certificates /etc/resolv.conf /etc/hosts \
        /etc/pip.conf ~/.pip/pip.conf ~/.config/pip/pip.conf; do
        [ ! -e "$path" ] || paths+=("${path#/}")
    done
    tar --create --directory / "${paths[@]}" | tar --extract --directory "$root"
    chroot "$root" update-ca-certificates >/dev/null 2>&1
}

update_clone() {
    if [ -d "$root$clone" ]; then
        git -C "$root$clone" pull --quiet --ff-only
    else
        git clone --quiet --no-hardlinks . "$root$clone"
    fi
}

# Runs inside the new namespaces: what is mounted here is gone when the command has ended.
enter() {
    local folder
    mount --types proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    while IFS= read -r folder; do
        mkdir -p "$root$folder"
        mount --bind --options ro "$folder" "$root$folder"
    done < <(folders_of_pip)
    mapfile -t environment < <(environment_of_host)
    chroot "$root" env --ignore-environment "${environment[@]}" HOME=/root TERM="${TERM:-dumb}" \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        bash -c 'cd "$1" && shift && "$@"' bare-root "$clone" "$@"
}

# Local folders that pip's configuration names. A local index points to files beside it, so its parent counts.
folders_of_pip() {
    local word
    for word in $(python3 -m pip config list 2>/dev/null | cut -d= -f2- | tr -d "'"); do
        case "$word" in
            file://*) dirname "${word#file://}" ;;
            /*) [ ! -d "$word" ] || echo "$word" ;;
        esac
    done | sort --unique
}

# Variables that lead pip and TLS to where this host finds packages and certificates.
environment_of_host() {
    env | grep -E '^(PIP_|SSL_CERT_|REQUESTS_CA_BUNDLE=|https?_proxy=|HTTPS?_PROXY=|no_proxy=|NO_PROXY=)' || true
}

[ "$#" -gt 0 ] || set -- make test
main "$@"
