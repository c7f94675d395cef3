#!/bin/sh
# format.sh [FILES]    rewrite the sources (all, or these) in house style
# format.sh --check    say which files are not, and fail
#
# Headers are left alone: uncrustify cannot line prototypes up in three columns. Other versions
# of it format otherwise: the one that counts is Debian 12's; with another --check is skipped.
set -eu
cd "$(dirname "$0")/.."

version=$(uncrustify --version)
case $version in
  *0.72.0*) ;;
  *)
    echo "This is $version; the style is that of uncrustify 0.72.0, Debian 12’s." >&2
    exit 77
    ;;
esac

check=0
if [ "${1:-}" = --check ]; then
  check=1
  shift
fi
[ $# -gt 0 ] || set -- $(find src tests bench -name '*.c' | sort)

work=$(mktemp)
trap 'rm -f "$work"' EXIT
status=0
for file; do
  uncrustify -q -l C -c build-aux/uncrustify.cfg -f "$file" >"$work"
  cmp -s "$file" "$work" && continue
  if [ $check = 1 ]; then
    diff -u "$file" "$work" || status=1
  else
    cat "$work" >"$file"
  fi
done

exit $status
