# A Docker engine of this run's own, and stand-ins for the public images where none can be pulled.

engine_folder=""
engine_pid=""
engine_base=python:3.11-slim-bookworm # the Dockerfile's
engine_nats=nats:2.15                 # compose.yaml's and the tests'
engine_postgres=postgres:15           # the tests'

engine_start() {
    engine_folder="$(mktemp -d /tmp/filon-engine.XXXXXX)"
    export DOCKER_HOST="unix://$engine_folder/docker.sock" TESTCONTAINERS_RYUK_DISABLED=true
    dockerd --host "$DOCKER_HOST" --data-root "$engine_folder/data" \
        --exec-root "$engine_folder/exec" --pidfile "$engine_folder/docker.pid" \
        >"$engine_folder/dockerd.log" 2>&1 </dev/null &
    engine_pid=$!
    for _ in $(seq 300); do
        docker info >/dev/null 2>&1 && break
        kill -0 "$engine_pid" 2>/dev/null || break
        sleep 0.1
    done
    docker info --format 'engine {{.ServerVersion}}, storage {{.Driver}}' && return
    tail -20 "$engine_folder/dockerd.log"
    echo "The Docker engine did not start" >&2
    return 1
}

engine_images() {
    docker pull --quiet "$engine_nats" 2>/dev/null || engine_nats_image
    docker pull --quiet "$engine_base" 2>/dev/null || engine_base_image
    docker pull --quiet "$engine_postgres" 2>/dev/null || engine_postgres_image
    docker image ls
}

# As the published one: the static binary and nothing else.
engine_nats_image() {
    echo "$engine_nats can't be pulled: built from the nats-server of the lock"
    local context="$engine_folder/nats"
    mkdir "$context"
    cp .venv/bin/nats-server "$context/"
    printf '%s\n' 'FROM scratch' 'COPY nats-server /nats-server' 'EXPOSE 4222 8222 6222' \
        'ENTRYPOINT ["/nats-server"]' 'CMD ["--config", "nats-server.conf"]' >"$context/Dockerfile"
    docker build --quiet --tag "$engine_nats" "$context" 2>/dev/null
}

# Debian with its Python, and this machine's certificate authorities, so that pip works in a build.
engine_base_image() {
    echo "$engine_base can't be pulled: built by debootstrap"
    local root="$engine_folder/root" authorities=/etc/ssl/certs/ca-certificates.crt
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
        bookworm "$root" >"$engine_folder/debootstrap.log" 2>&1 ||
        { tail -20 "$engine_folder/debootstrap.log" && return 1; }
    cp "$authorities" "$root$authorities"
    tar -C "$root" -c . | docker import --change "ENV PIP_CERT=$authorities" - "$engine_base"
    rm -rf "$root"
}

# Debian's PostgreSQL behind an entry point that heeds what the tests tell the published one:
# POSTGRES_USER, no password asked, and a command that begins with "postgres".
engine_postgres_image() {
    echo "$engine_postgres can't be pulled: built by debootstrap"
    local root="$engine_folder/postgres"
    debootstrap --variant=minbase --include=postgresql-15 \
        bookworm "$root" >"$engine_folder/debootstrap-postgres.log" 2>&1 ||
        { tail -20 "$engine_folder/debootstrap-postgres.log" && return 1; }
    printf '%s\n' '#!/bin/sh' 'set -e' 'export PATH=/usr/lib/postgresql/15/bin:$PATH' \
        'initdb --no-sync -E UTF8 -U "$POSTGRES_USER" -A trust -D /tmp/data >/dev/null' \
        'echo "host all all all trust" >>/tmp/data/pg_hba.conf' \
        "exec \"\$@\" -D /tmp/data -c 'listen_addresses=*'" >"$root/entrypoint"
    chmod 755 "$root/entrypoint"
    tar -C "$root" -c . | docker import --change 'ENTRYPOINT ["/entrypoint"]' \
        --change 'CMD ["postgres"]' --change 'USER postgres' - "$engine_postgres"
    rm -rf "$root"
}

engine_stop() {
    if [ -n "$engine_pid" ] && kill "$engine_pid" 2>/dev/null; then
        wait "$engine_pid" 2>/dev/null || true
    fi
    [ -z "$engine_folder" ] || rm -rf "$engine_folder" 2>/dev/null ||
        echo "left behind: $engine_folder"
}
