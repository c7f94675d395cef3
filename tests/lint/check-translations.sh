#!/bin/sh
# Fails when a file with strings is missing from POTFILES.in, or a language is
# not complete: each string, none fuzzy, format directives right. Run from the
# top of the sources.
set -u
status=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for file in $(grep -lE '\b(N?_|C_|ngettext|g_dngettext) ?\(|translatable="yes"' -r src ui \
                --include='*.c' --include='*.ui') data/*.desktop.in data/*.metainfo.xml.in; do
  grep -qxF "$file" po/POTFILES.in || { echo "po/POTFILES.in lacks $file" >&2; status=1; }
done
for file in $(grep -v '^#' po/POTFILES.in); do
  [ -f "$file" ] || { echo "po/POTFILES.in names $file, which is not there" >&2; status=1; }
done

# What an error says is for people. The command line speaks English.
for file in $(find src -name '*.c' ! -path 'src/cli/*'); do
  awk '
    {
      text = $0
      if (!(text ~ /g_set_error(_literal)? \(/)) { if (!begun) next }
      else sub (/.*g_set_error(_literal)? \(/, "", text)
      if (text ~ /^("|.*[ ,]")[^"]*[[:alpha:]][[:alpha:]]+ / && !(text ~ /_\(/)) {
        print FILENAME ":" NR ": this is not translated:" $0; status = 1
      }
      begun = text ~ /^[^"]*,$/
    }
    END { exit status }' "$file" >&2 || status=1
done

# The strings as they stand now.
xgettext --from-code=UTF-8 --package-name=perzeptron --files-from=po/POTFILES.in \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dngettext:2,3 \
  --add-comments=Translators: --output="$work/perzeptron.pot" 2>"$work/messages" || {
  cat "$work/messages" >&2
  exit 1
}

while read -r language; do
  msgmerge --quiet --no-fuzzy-matching --output-file="$work/$language.po" \
    "po/$language.po" "$work/perzeptron.pot" || status=1
  LC_ALL=C msgfmt --check --statistics -o "$work/$language.mo" "$work/$language.po" 2>"$work/statistics" || status=1
  cat "$work/statistics"
  if grep -qE 'untranslated|fuzzy' "$work/statistics"; then
    echo "po/$language.po is not complete; these are missing:" >&2
    { msgattrib --untranslated --no-obsolete "$work/$language.po"
      msgattrib --only-fuzzy --no-obsolete "$work/$language.po"; } >&2
    status=1
  fi
done <po/LINGUAS

exit $status
