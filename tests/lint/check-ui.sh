#!/bin/sh
# Fails when a .ui file is not well-formed, or not among the resources. Run from
# the top of the sources.
set -u
status=0

xmllint --noout $(find ui -name '*.ui') ui/*.xml || status=1

for file in $(cd ui && find . -name '*.ui' | cut -c 3-); do
  grep -q ">$file<" ui/perzeptron.gresource.xml || {
    echo "ui/perzeptron.gresource.xml lacks $file" >&2
    status=1
  }
done

exit $status
