#!/bin/sh
# Fails when a layer includes what is above it or beside it, or a library that is not its business. Run from the
# top of the sources.
#
#   core ← io ← molecules        io, ink, molecules ← datasets ← recipe ← model ← widgets ← app
#   core ← ink                   core, ink ← draw     core ← image     all but model, widgets, app ← cli
set -u
status=0

# check FOLDER LAYERS LIBRARIES: what it may include
check () {
  allowed="$1 $2"
  for other in core io ink molecules datasets recipe study draw image model widgets app cli; do
    case " $allowed " in *" $other "*) continue ;; esac
    forbid "$1" "\"$other/"
  done
  for library in glib-object gio/ cairo pango zlib archive lzma xxhash json-glib libsoup gtk/ gdk/ gsk/ adwaita gdk-pixbuf/; do
    case " $3 " in *" $library "*) continue ;; esac
    forbid "$1" "<$library"
  done
}

forbid () {
  if grep -nE "#[[:space:]]*include[[:space:]]*$2" -r "src/$1"; then
    echo "src/$1 must not include the above" >&2
    status=1
  fi
}

gtk='gtk/ gdk/ gsk/ adwaita'
check core      ''                                              ''
check io        'core'                                          'zlib archive lzma xxhash'
check ink       'core'                                          ''
check molecules 'core io'                                       ''
check datasets  'core io ink molecules'                         ''
check recipe    'core io ink molecules datasets'                'glib-object json-glib'
check draw      'core ink'                                      'cairo pango'
check image     'core'                                          'glib-object gio/ gdk-pixbuf/'
check model     'core io ink molecules datasets recipe image'   'glib-object gio/ json-glib libsoup'
check widgets   'core io ink molecules datasets recipe draw image model'             "glib-object gio/ cairo pango json-glib $gtk"
check app       'core io ink molecules datasets recipe draw image model widgets'     "glib-object gio/ cairo pango json-glib libsoup $gtk"
check cli       'core io ink molecules datasets recipe draw image'                   'glib-object gio/ cairo pango json-glib'

# Inside core: core ← core/linalg ← core/net ← core/train.
forbid core/linalg '"core/(net|train)/'
forbid core/net    '"core/train/'
for file in src/core/*.[ch]; do
  if grep -nE '#[[:space:]]*include[[:space:]]*"core/(linalg|net|train)/' "$file"; then
    echo "$file must not include the above" >&2
    status=1
  fi
done

# Only one file knows a BLAS.
if grep -ln '#include <cblas' -r src | grep -v '^src/core/linalg/mlp-gemm-blas\.c$'; then
  echo "only src/core/linalg/mlp-gemm-blas.c may include cblas.h" >&2
  status=1
fi

exit $status
