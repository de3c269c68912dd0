# Shared by the scripts beside it; to be sourced from the repository's root.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

root_user() {  # runs a command as root
    if [[ "$(id -u)" == 0 ]]; then "$@"; else sudo "$@"; fi
}

# Install those of the named Debian packages that are missing.
apt_install() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' ||
            missing+=("$package")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0
    if ! command -v apt-get >/dev/null; then
        say "please install by hand: ${missing[*]}"
        return 1
    fi
    say "installing ${missing[*]}"
    {
        root_user apt-get update -q
        root_user env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qy --no-install-recommends "${missing[@]}"
    } >&2
}

# Install PostgreSQL and MariaDB for tests that start servers of their own.
install_database_servers() {
    local settings=/etc/postgresql-common/createcluster.conf
    if [[ ! -e "$settings" ]]; then  # no server of the machine's own
        root_user mkdir -p "${settings%/*}"
        root_user sh -c "echo create_main_cluster = false >$settings"
    fi
    apt_install postgresql mariadb-server-core mariadb-client-core
}

# Set $uv to a working uv, getting one into a small environment of its own when needed.
ensure_uv() {
    uv="$(command -v uv || true)"
    if [[ -n "$uv" ]] && "$uv" --version >/dev/null 2>&1; then return; fi
    local home="${XDG_CACHE_HOME:-$HOME/.cache}/legrand_ews/uv"
    uv="$home/bin/uv"
    if [[ -x "$uv" ]]; then return; fi
    local python
    python="$(scripts/ensure-python)"
    say "getting uv"
    "$python" -m venv "$home" >&2
    "$home/bin/python" -m pip install -q uv >&2
}

# Where the environment is, and its interpreter.
venv="${EWS_VENV:-$PWD/.venv}"
py="$venv/bin/python"

# Put a Node.js that the front end's tools accept on PATH, getting one when needed.
use_node() {
    local home="$PWD/.cache/node"
    local wanted='const [a, b] = process.versions.node.split(".").map(Number);
        process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
    if node -e "$wanted" 2>/dev/null && command -v npm >/dev/null; then return; fi
    export PATH="$home/bin:$PATH"
    if node -e "$wanted" 2>/dev/null; then return; fi
    say "getting Node.js"
    ensure_uv
    "$uv" venv -q --clear --python "$py" "$home"
    "$uv" pip install -q --python "$home/bin/python" --require-hashes \
        -r requirements/node.txt
}
