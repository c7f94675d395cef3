#!/bin/sh
# Brings po/ up to date with the sources: the list of files with strings, and
# each language's catalogue. What is then empty in po/*.po is to be translated.
set -eu
cd "$(dirname "$0")/.."

{
  grep -lE '\b(N?_|C_|ngettext|g_dngettext) ?\(|translatable="yes"' -r src ui \
    --include='*.c' --include='*.ui'
  ls data/*.desktop.in data/*.metainfo.xml.in
} | LC_ALL=C sort >po/POTFILES.in

pot=$(mktemp)
trap 'rm -f "$pot"' EXIT
xgettext --from-code=UTF-8 --package-name=perzeptron --files-from=po/POTFILES.in \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dngettext:2,3 \
  --add-comments=Translators: --output="$pot"

# The day on which it was made says nothing, and is another in every commit.
sed -i '/^"POT-Creation-Date:/d' "$pot"

while read -r language; do
  sed -i '/^"POT-Creation-Date:/d' "po/$language.po"
  msgmerge --quiet --no-fuzzy-matching --no-wrap --sort-by-file --output-file="po/$language.po.new" "po/$language.po" "$pot"
  msgattrib --no-obsolete --no-wrap -o "po/$language.po" "po/$language.po.new"
  rm "po/$language.po.new"
  LC_ALL=C msgfmt --statistics -o /dev/null "po/$language.po"
done <po/LINGUAS
