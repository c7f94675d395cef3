#!/usr/bin/env python3
# Fails where two modules include each other. A module is a .c file, its header and its private header. Run from the
# top of the sources.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import collections
import pathlib
import re
import sys

INCLUDE = re.compile(r'\s*#\s*include\s+"([^"]+)"')


def name(path):
    return re.sub(r'(-private)?\.[ch]$', '', str(path))


def main():
    top = pathlib.Path('src')
    files = {str(path.relative_to(top)): path for path in top.rglob('*.[ch]')}
    includes = collections.defaultdict(dict)
    for path, file in files.items():
        for line in file.read_text().splitlines():
            found = INCLUDE.match(line)
            if found and found[1] in files and name(found[1]) != name(path):
                includes[name(path)].setdefault(name(found[1]), f'src/{path}')

    bad = sorted((a, b) for a, others in includes.items() for b in others if a < b and a in includes.get(b, ()))
    for a, b in bad:
        print(f'{a} and {b} include each other: {includes[a][b]}, {includes[b][a]}')
    sys.exit(bool(bad))


if __name__ == '__main__':
    main()
