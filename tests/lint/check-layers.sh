#!/bin/sh
# Fails when a layer includes one above it. Run from the top of the sources.
set -u
status=0

# check FOLDER FORBIDDEN-INCLUDES
check () {
  [ -d "src/$1" ] || return 0
  if grep -nE "#[[:space:]]*include[[:space:]]*[<\"]($2)" -r "src/$1"; then
    echo "src/$1 must not include the above" >&2
    status=1
  fi
}

gtk='gtk/|gdk/|gsk/|adwaita'
pixbuf='gdk-pixbuf/'
check core     "glib-object|gio/|cairo|pango|zlib|archive|json-glib|libsoup|$gtk|$pixbuf|image/|io/|datasets/|recipe/|draw/|model/|widgets/|app/|cli/"
check io       "glib-object|gio/|cairo|pango|zlib|archive|json-glib|libsoup|$gtk|$pixbuf|image/|datasets/|recipe/|draw/|model/|widgets/|app/|cli/"
check datasets "glib-object|gio/|cairo|pango|json-glib|libsoup|$gtk|$pixbuf|image/|recipe/|draw/|model/|widgets/|app/|cli/"
check recipe   "archive|gio/|cairo|pango|libsoup|$gtk|$pixbuf|image/|draw/|model/|widgets/|app/|cli/"
check draw     "glib-object|gio/|zlib|archive|json-glib|libsoup|$gtk|$pixbuf|image/|datasets/|recipe/|model/|widgets/|app/|cli/"
check model    "archive|cairo|pango|$gtk|$pixbuf|draw/|widgets/|app/|cli/"
check widgets  "archive|libsoup|$pixbuf|app/|cli/"
check app      "archive|$pixbuf|cli/"
check cli      "archive|libsoup|$gtk|$pixbuf|model/|widgets/|app/"
check image    "zlib|archive|cairo|pango|json-glib|libsoup|$gtk|datasets/|recipe/|draw/|model/|widgets/|app/|cli/"

# Only one file knows a BLAS.
if grep -ln '#include <cblas' -r src | grep -v '^src/core/mlp-gemm-blas\.c$'; then
  echo "only src/core/mlp-gemm-blas.c may include cblas.h" >&2
  status=1
fi

exit $status
