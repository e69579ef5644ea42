# Bring by apt-get what is missing: a command, and the Debian package that has it.

packages_bring() {
    local missing=()
    while read -r command package; do
        command -v "$command" >/dev/null || missing+=("$package")
    done <<'LIST'
git git
make make
chromium chromium
dockerd docker.io
docker-compose docker-compose
iptables iptables
debootstrap debootstrap
npm npm
LIST
    packages_python || missing+=(python3 python3-venv)
    if [ ${#missing[@]} -eq 0 ]; then
        echo "none"
        return
    fi
    printf 'apt-get install %s\n' "${missing[*]}"
    apt-get update -qq </dev/null
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
}

packages_python() {
    local python
    for python in python3 python3.13 python3.12 python3.11; do
        "$python" -c 'import sys, venv, ensurepip
sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && return
    done
    return 1
}
