#!/bin/sh
# make-locale.sh FOLDER STAMP: compiles the German locale into FOLDER, for the
# tests in which a number has a decimal comma; a system seldom has it.
set -eu
mkdir -p "$1"
localedef -i de_DE -f UTF-8 "$1/de_DE.UTF-8"
touch "$2"
