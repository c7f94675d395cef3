#!/bin/sh
# Fails on what must not be in the tree: work left undone, sources without a licence.
# Run from the top of the sources.
set -u
status=0

if grep -nE '\b(TODO|FIXME|XXX)\b' -r src ui data dev --include='*.[ch]' --include='*.ui' --include='*.in' --include=dev; then
  echo "work is left undone in the above" >&2
  status=1
fi

if find src tests bench \( -name '*.c' -o -name '*.h' \) -exec grep -L 'SPDX-License-Identifier: GPL-3.0-or-later' {} + | grep .; then
  echo "the above name no licence" >&2
  status=1
fi

exit $status
