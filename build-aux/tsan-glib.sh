#!/bin/bash
# build-aux/tsan-glib.sh FOLDER: a GLib that ThreadSanitizer can follow, in FOLDER/lib.
#
# The GLib of the system is not instrumented, and its locks are futexes of its own: ThreadSanitizer sees
# neither them nor what they order, and calls every message between threads a race. So Debian's
# source of the installed version is built with the sanitizer, once a version. The sources of packages are taken from
# where the system takes its packages, with lists of our own; the system is left as it is.
set -euo pipefail

folder=$(realpath -m "$1")

command -v apt-get >/dev/null || { echo "tsan: only Debian's source of GLib is known here" >&2; exit 1; }
version=$({ dpkg-query -W -f '${source:Version}\n' libglib2.0-0t64 2>/dev/null ||
  dpkg-query -W -f '${source:Version}\n' libglib2.0-0; } | head -n 1)
[ "$(cat "$folder/version" 2>/dev/null)" = "$version" ] && exit 0

rm -rf "$folder"
mkdir -p "$folder"/apt/{sources,lists/partial,cache/archives/partial} "$folder"/lib
chmod 755 "$folder"
for file in /etc/apt/sources.list.d/*.sources; do
  [ -e "$file" ] && sed 's/^Types:.*/Types: deb-src/' "$file" >"$folder/apt/sources/$(basename "$file")"
done
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [ -e "$file" ] && sed -n 's/^deb /deb-src /p' "$file" >"$folder/apt/sources/$(basename "$file" .list).list"
done
cat >"$folder/apt/conf" <<TEXT
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$folder/apt/sources";
Dir::State::lists "$folder/apt/lists";
Dir::Cache "$folder/apt/cache";
APT::Sandbox::User "$(id -un)";
TEXT

cd "$folder"
export APT_CONFIG=$folder/apt/conf
apt-get update -qq || true      # a place without sources of packages is no reason to give up: the next line says
apt-get source -qq --download-only "glib2.0=$version"
dpkg-source --no-check -x glib2.0_*.dsc source >/dev/null

meson setup build source --buildtype=debugoptimized -Db_sanitize=thread -Db_lundef=false -Dwarning_level=0 -Dtests=false \
  -Dselinux=disabled -Dlibmount=disabled -Dlibelf=disabled -Dnls=disabled >setup.log || { cat setup.log >&2; exit 1; }
soname=$(sed -n 's/^build gio\/\(libgio-2\.0\.so\.0\.[0-9.]*\):.*/\1/p' build/build.ninja | head -n 1)
suffix=${soname#libgio-2.0.so.0}
ninja -C build --quiet {glib/libglib,gobject/libgobject,gmodule/libgmodule,gthread/libgthread}-2.0.so.0"$suffix" "gio/$soname"
for part in glib gobject gmodule gthread gio; do
  cp "build/$part/lib$part-2.0.so.0$suffix" "lib/lib$part-2.0.so.0"
done
rm -rf apt build source glib2.0_*
echo "$version" >version
