#!/usr/bin/env python3
# Fails where a static function of src is named by one word ("ask"; it takes a verb and a noun), where a public function
# does not begin with the name of its header ("pz-run-bar.h": pz_run_bar_…), or where a header does not begin with what
# it is about. Run from the top of the sources.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import re
import sys

# What else the functions of a header may begin with: nearly always a type of its own.
ALLOWED = {
    'core/net/mlp-pass': ('mlp_work_',),                      # the workspace of a pass
    'core/train/mlp-augment': ('mlp_augmenter_',),            # what augments; MlpAugment says how
    'core/train/mlp-train': ('mlp_training_',),               # a run that is under way
    'molecules/features/mol-features': ('mol_feature_',),     # each in a file of its own
}

QUIET = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.DOTALL | re.MULTILINE)
STATIC = re.compile(r'^(?:[A-Z_]+\s+)*(?:static|INLINE)\b[^;={}#]*?\b([a-z]\w*) *\((?!\*)', re.MULTILINE)
CALL = re.compile(r'\b([a-z]\w*) *\((?!\*)')
FIRST_LINE = re.compile(r'/\* ([\w-]+\.h): \S')


def blank(text):
    """Without comments, strings and what is for the preprocessor; every line stays where it is."""
    return QUIET.sub(lambda found: re.sub(r'[^\n]', ' ', found[0]), text)


def get_line(text, at):
    return text.count('\n', 0, at) + 1


def check_statics(path, text):
    return [f'{path}:{get_line(text, found.start(1))}: the static function “{found[1]}” is named by one word'
            for found in STATIC.finditer(text) if '_' not in found[1].strip('_')]


def check_publics(path, text):
    base = re.sub(r'(-private)?\.h$', '', str(path.relative_to('src')))
    module = pathlib.PurePath(base).name.replace('-', '_')
    prefixes = (module + '_', *ALLOWED.get(base, ()))
    faults = []
    for found in CALL.finditer(text):
        before = text[:found.start()]
        statement = re.split(r'[;}]', before)[-1]
        if before.count('{') != before.count('}') or before.count('(') != before.count(')'):
            continue
        if not re.sub(r'\bG_\w+( *\([^()]*\))?', '', statement).strip() or re.search(r'\btypedef\b', statement):
            continue
        # GObject derives these from the name of a type.
        if found[1] == module or found[1].startswith(prefixes) or found[1].endswith('_get_type'):
            continue
        faults.append(f'{path}:{get_line(text, found.start())}: “{found[1]}” does not begin with “{module}_”')
    return faults


def check_first_line(path, text):
    found = FIRST_LINE.match(text)
    if not found or found[1] != path.name:
        return [f'{path}:1: the header does not begin with “/* {path.name}: ” and what it is']
    return []


def main():
    faults = []
    for path in sorted(pathlib.Path('src').rglob('*.[ch]')):
        text = path.read_text()
        code = blank(text)
        faults += check_statics(path, code)
        if path.suffix == '.h':
            faults += check_publics(path, code) + check_first_line(path, text)
    print(*faults, sep='\n', end='\n' if faults else '')
    sys.exit(bool(faults))


if __name__ == '__main__':
    main()
