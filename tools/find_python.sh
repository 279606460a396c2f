#!/bin/sh
# Print the path of a Python that Biye can run on, or say what is missing.
# Each candidate is tried by running it: a name on the PATH may be too old, or a shim that leads nowhere.

usable='
import sys
import ensurepip, sqlite3, ssl, venv
if sys.version_info < (3, 12):
    sys.exit(1)
print(sys.executable)
'

try() {
    [ -n "$1" ] || return 1
    found=$("$1" -c "$usable" 2>/dev/null) || return 1
    printf '%s\n' "$found"
}

try_all() {
    for candidate in "$@"; do
        try "$candidate" && exit 0
    done
}

# The developed-on version first, then the newest.
try_all python3.13 python3.14 python3.12 python3 python
pyenv=${PYENV_ROOT:-$HOME/.pyenv}/versions
try_all "$pyenv"/3.13*/bin/python "$pyenv"/3.14*/bin/python "$pyenv"/3.12*/bin/python

if command -v uv >/dev/null 2>&1; then
    uv python install 3.13 >&2 && try "$(uv python find 3.13 2>/dev/null)" && exit 0
fi

{
    echo "No Python 3.12 or newer was found (with its venv, ssl and sqlite3 modules)."
    echo "Looked at: python3.13, python3.14, python3.12, python3 and python on the PATH; $pyenv; uv."
    echo "Install one, for instance: apt-get install python3.13 python3.13-venv, or: pyenv install 3.13"
} >&2
exit 1
