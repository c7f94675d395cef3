#!/usr/bin/python3
# Each key with Alt does one thing: in every language the mnemonics of what is always in the window, and of each
# view or page with it, are different. Menus have their own. (A mnemonic that is there twice only moves the focus.)
#
# SPDX-License-Identifier: GPL-3.0-or-later

import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

VIEWS = re.compile(r'pz-.*-(view|page)\.ui')
TABLES = ['src/core/train/mlp-train-options.c', 'src/widgets/recipe/pz-training-panel.c']
TITLE = re.compile(r'\bN_\("([^"]*)"\)')
UNQUOTE = re.compile(r'"((?:[^"\\]|\\.)*)"')


def read_catalogue(path):
    """English: translated."""
    catalogue = {}
    for block in path.read_text().split('\n\n'):
        parts = re.split(r'^(?=msg)', block, flags=re.M)
        texts = {part.split(' ', 1)[0]: ''.join(UNQUOTE.findall(part)) for part in parts if part.startswith('msg')}
        catalogue[texts.get('msgid', '')] = texts.get('msgstr', '')
    return catalogue


def read_labels(path):
    root = ElementTree.parse(path).getroot()
    for menu in root.findall('.//menu/..'):
        for child in menu.findall('menu'):
            menu.remove(child)
    return [property.text for property in root.iter('property')
            if property.get('translatable') and '_' in property.text]


def read_titles(path):
    """Of rows that are made of a table."""
    return [title for title in TITLE.findall(path.read_text()) if '_' in title]


def main():
    files = {path.name: read_labels(path) for path in sorted(pathlib.Path('ui').rglob('pz-*.ui'))}
    files.update({path.name: read_titles(path) for path in map(pathlib.Path, TABLES)})
    always = [label for name, labels in files.items() if not VIEWS.match(name) for label in labels]
    sets = {'the window': always}
    sets.update({name: always + labels for name, labels in files.items() if VIEWS.match(name)})

    bad = 0
    for catalogue in [{}, *map(read_catalogue, sorted(pathlib.Path('po').glob('*.po')))]:
        for name, labels in sets.items():
            keys = collections.defaultdict(set)
            for label in labels:
                shown = catalogue.get(label) or label
                key = re.search('_(.)', shown)
                keys[key[1].lower() if key else None].add(shown)
            for key, shown in keys.items():
                if key is None or len(shown) > 1:
                    print(f'{name}: {"no mnemonic" if key is None else "Alt+" + key}: {", ".join(sorted(shown))}')
                    bad += 1
    return 1 if bad else 0


sys.exit(main())
