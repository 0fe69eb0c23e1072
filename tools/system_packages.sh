#!/bin/sh
# Sees to what pip cannot bring. Where it is missing: root gets it from apt-get, anybody else one line that names it.
#
#   tools/system_packages.sh python    prints a Python that will do (3.11 to 3.14, with venv and ensurepip)
#   tools/system_packages.sh poppler   pdftotext and pdftoppm, with which the tests read pages back
#   tools/system_packages.sh ledger    ledger-cli, with which the tests compare balances
#   tools/system_packages.sh window    Xvfb, GnuCash and KMyMoney, for the benchmark of the window's start alone
set -eu

able() { # is $1 a Python that can make our environment?
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3}; do
        if able "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

has_poppler() { command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null; }

has_ledger() { command -v ledger >/dev/null; }

has_window() { command -v Xvfb >/dev/null && command -v gnucash >/dev/null && command -v kmymoney >/dev/null; }

fetch() { # $1: why, the rest: Debian packages
    why=$1
    shift
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $* ($why)" >&2
        # The lists of a fresh machine are empty or old: without the first step there would be nothing to find.
        if { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } \
            </dev/null >&2; then
            return 0
        fi
    fi
    echo "Please install $* ($why), for example: sudo apt-get install $*" >&2
    return 1
}

case "${1:-}" in
    python)
        find_python || {
            fetch "Python 3.11 to 3.14 with venv" python3 python3-venv
            find_python || { echo "This system's python3 is too old: name one from 3.11 to 3.14 with PYTHON=…" >&2; exit 1; }
        }
        ;;
    poppler) has_poppler || fetch "the tests read printed pages back" poppler-utils ;;
    ledger) has_ledger || fetch "the tests compare balances with ledger-cli" ledger ;;
    window) has_window || fetch "the benchmark compares the window's start" xvfb gnucash kmymoney ;;
    *) echo "usage: $0 python|poppler|ledger|window" >&2; exit 2 ;;
esac
