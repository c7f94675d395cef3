#!/bin/bash
# screenshot.sh FOLDER: makes the images of the README from the running program: window.png, draw.png.
# Needs what the tests need, and ImageMagick.
set -eu
folder=$(realpath "${1:-docs/images}")
cd "$(dirname "$0")/../.."

export GSETTINGS_SCHEMA_DIR=$PWD/_build/data GSETTINGS_BACKEND=memory
export XDG_DATA_DIRS=$PWD/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
export LC_ALL=C.UTF-8 GSK_RENDERER=cairo GDK_DEBUG=gl-disable ADW_DISABLE_PORTAL=1 GTK_A11Y=atspi
exec tests/with-display.sh /usr/bin/python3 tests/ui/screenshot.py _build/src/app/perzeptron "$folder"
