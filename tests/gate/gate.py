#!/usr/bin/env python3
# gate.py GATE EXPECTED KEY: fails if training takes 3 % more instructions than it did, or less.
#
# Valgrind counts what mlp_training_run() executes: the same number every time, however busy
# the machine is. The numbers belong to one compiler (KEY); with another there is nothing to
# compare with. Where they changed for a reason, write the new ones down: the message has them.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
import shutil
import subprocess
import sys

TOLERANCE = 0.03
SKIP = 77


def skip(reason):
    print('skipped:', reason)
    sys.exit(SKIP)


def count(gate, name):
    """Instructions of mlp_training_run() in this run."""
    result = subprocess.run(
        ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null',
         '--toggle-collect=mlp_training_run', gate, name],
        env=dict(os.environ, OPENBLAS_CORETYPE='Haswell', OPENBLAS_NUM_THREADS='1'),
        capture_output=True, text=True)
    found = re.search(r'Collected\s*:\s*(\d+)', result.stderr)
    if result.returncode != 0 or not found:
        sys.exit(result.stderr)
    return int(found[1])


def main():
    gate, expected, key = sys.argv[1:]
    if not shutil.which('valgrind'):
        skip('there is no valgrind')
    with open('/proc/cpuinfo') as cpuinfo:
        if ' avx2 ' not in cpuinfo.read():
            skip('the numbers are those of AVX2, which this processor has not')
    lines = [line.split() for line in open(expected) if line.strip() and not line.startswith('#')]
    wanted = [(name, int(number)) for of, name, number in lines if of == key]
    if not wanted:
        skip(f'no numbers for {key}')
    status = 0
    for name, number in wanted:
        counted = count(gate, name)
        change = counted / number - 1
        good = abs(change) <= TOLERANCE
        print(f'{"ok" if good else "NOT OK"} {key} {name} {counted} ({change:+.2%} of {number})')
        if not good:
            status = 1
    sys.exit(status)


if __name__ == '__main__':
    main()
