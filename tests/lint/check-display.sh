#!/bin/sh
# Names and messages from files are shown without control characters (mlp-display.h). This can be seen
# in the sources: what prints goes through g_print() and g_printerr(), whose handlers clean the text,
# and widgets take an error's message from mlp_display_error(). Run from the top of the sources.
set -u
status=0

# forbid PATTERN WHAT FILE…: in all but these files
forbid () {
  pattern=$1 what=$2
  shift 2
  found=$(grep -rnE "$pattern" src --include='*.[ch]')
  for file in "$@"; do
    found=$(printf '%s\n' "$found" | grep -v "^$file")
  done
  found=$(printf '%s\n' "$found" | grep -vE '^$|:[0-9]+: *(/?\*|//)')
  if [ -n "$found" ]; then
    printf '%s\n' "$found"
    echo "the above: $what" >&2
    status=1
  fi
}

forbid '(^|[^_[:alnum:]])(printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|perror) \(' \
  'g_print() or g_printerr(), which clean the text' src/cli/cli-stdout.c
# The progress bar moves the cursor; JSON has escapes for what it does not show.
forbid 'cli_stdout_write \(' 'g_print(), which cleans the text' src/cli/cli-stdout. src/cli/cli-progress.c src/cli/cli-util.c
forbid 'g_(filename_display_(base)?name|file_get_parse_name) \(' \
  'mlp_display_filename() or mlp_display_basename()' src/core/mlp-display.
forbid 'adw_toast_new \(' 'pz_toast_show(), which cleans the text' src/widgets/common/pz-toast.c
forbid '[a-z]->message([^_[:alnum:]]|$)' 'mlp_display_error() where people read it' \
  src/core src/io src/ink src/molecules src/datasets src/recipe src/draw src/image src/model src/cli

exit $status
