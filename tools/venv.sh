#!/bin/sh
# Make a virtual environment with a pip that knows dependency groups: sh tools/venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'; then
    echo "Marsad needs Python 3.11, 3.12 or 3.13; choose one with: make PYTHON=python3.12 ..." >&2
    exit 1
fi
# Debian keeps what venv needs in a package of its own. In a container, where we are root, it can be had at once.
if ! "$python" -c 'import ensurepip' 2>/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's python3-venv"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
fi
"$python" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --upgrade 'pip>=25.1'
