# shellcheck shell=bash
# What the other scripts need before they can build: sourced by demo.sh, test.sh and .ci/run, run from the
# repository's root. Looks for what is missing, installs the Debian packages it may install, otherwise says
# exactly what to install and stops.

say() { printf '%s\n' "$*" >&2; }

# The oldest PostgreSQL that the schema works with.
readonly oldest_postgres=15

# Whether version $1 is at least version $2.
at_least() { [ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Whether the Rust in PATH is at least version $1.
has_rust() {
    local found
    command -v cargo >/dev/null && found=$(rustc --version 2>/dev/null | cut -d ' ' -f 2) && at_least "$found" "$1"
}

# Rust as Cargo.toml asks for, in PATH or where rustup leaves it when no new shell was opened since.
require_rust() {
    local needed rustup_bin="${CARGO_HOME:-${HOME:-}/.cargo}/bin"
    needed=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml)
    if ! has_rust "$needed" && [ -x "$rustup_bin/cargo" ]; then
        export PATH="$rustup_bin:$PATH"
    fi
    if ! has_rust "$needed"; then
        say "Rust $needed or newer is needed, here is: $(rustc --version 2>/dev/null || echo none)."
        say "Install it as the user who builds, from https://rustup.rs:"
        say "    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y"
        say "or, where rustup is already:  rustup update stable"
        exit 1
    fi
}

# The bin directories to look at, in the program's own order.
postgres_directories() {
    if [ -n "${PG_BIN:-}" ]; then
        printf '%s\n' "$PG_BIN"
        return
    fi
    find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -rV || true
    if command -v postgres >/dev/null; then
        dirname "$(command -v postgres)"
    fi
}

# The major version of the server in directory $1; 0 when there is none.
postgres_major() {
    local major=
    if [ -x "$1/postgres" ] && [ -x "$1/initdb" ]; then
        major=$("$1/postgres" --version | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
    fi
    echo "${major:-0}"
}

# Whether the server in directory $1, of major version $2, has the contrib modules that are used: beside it, or
# where Debian and others put them.
has_contrib() {
    local directory
    for directory in "$1/../share/extension" "$1/../share/postgresql/extension" \
        "/usr/share/postgresql/$2/extension" /usr/share/pgsql/extension; do
        [ -e "$directory/pg_trgm.control" ] && [ -e "$directory/unaccent.control" ] && return 0
    done
    return 1
}

# The first server that is new enough and complete: its directory.
find_postgres() {
    local directory major
    while IFS= read -r directory; do
        major=$(postgres_major "$directory")
        if [ "$major" -ge "$oldest_postgres" ] && has_contrib "$directory" "$major"; then
            echo "$directory"
            return 0
        fi
    done < <(postgres_directories)
    return 1
}

# Headers and library: both, as some systems install only the library.
has_libpq() {
    command -v cc >/dev/null || return 1
    local include lib
    include=$(pg_config --includedir 2>/dev/null) || include=/usr/include/postgresql
    lib=$(pg_config --libdir 2>/dev/null) || lib=/usr/lib
    printf '#include <libpq-fe.h>\nint main(void) { return PQlibVersion() == 0; }\n' |
        cc -x c - -I "$include" -L "$lib" -lpq -o /dev/null 2>/dev/null
}

# The Debian packages that are missing, one a line. Debian's server package holds the contrib modules.
missing_packages() {
    command -v cc >/dev/null || printf '%s\n' gcc libc6-dev
    has_libpq || echo libpq-dev
    find_postgres >/dev/null || echo postgresql
}

# Runs a command as root, if that needs no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# Debian's package would start a server of its own, which nobody asked for. Settings that are there stay.
no_stray_server() {
    # shellcheck disable=SC2016 # the inner shell's variables
    as_root sh -c '
        file=/etc/postgresql-common/createcluster.conf
        mkdir -p /etc/postgresql-common
        grep -qs "^[[:space:]]*create_main_cluster" "$file" || echo "create_main_cluster = false" >>"$file"
    '
}

install_packages() {
    say "Installing: $*"
    no_stray_server
    as_root apt-get update -qq >&2
    # UCF_…: the package asks nothing about the settings file that is there already.
    as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
        apt-get install -y -qq --no-install-recommends --no-upgrade "$@" >&2 </dev/null
}

# A server that was named is the one to use: without it nothing else is tried, and nothing installed.
require_named_postgres() {
    [ -n "${PG_BIN:-}" ] || return 0
    find_postgres >/dev/null && return 0
    say "PG_BIN is $PG_BIN: there is no PostgreSQL $oldest_postgres or newer with its contrib modules (postgres and"
    say "initdb, pg_trgm and unaccent). Name the bin directory of one in PG_BIN, or unset it."
    exit 1
}

require_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    [ "${#missing[@]}" -gt 0 ] || return 0
    if may_install && install_packages "${missing[@]}"; then
        mapfile -t missing < <(missing_packages)
        [ "${#missing[@]}" -gt 0 ] || return 0
    fi
    say "Missing: a C compiler, libpq's headers, or PostgreSQL $oldest_postgres or newer with its contrib modules."
    say "On Debian 12, Ubuntu 24.04 or newer, install them with:"
    say "    sudo apt-get update && sudo apt-get install -y ${missing[*]}"
    say "Elsewhere: name the bin directory of a PostgreSQL server in PG_BIN."
    exit 1
}

require_rust
require_named_postgres
require_packages
