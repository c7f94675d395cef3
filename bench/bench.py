#!/usr/bin/env python3
# bench.py: how fast the core is, beside the peers that are installed. See README.md.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parent
ROOT = BENCH.parent
sys.path[:0] = [str(BENCH), str(BENCH / 'peers')]

import contest          # noqa: E402
import report           # noqa: E402
import rest             # noqa: E402
import scaling          # noqa: E402
from works import WORKS   # noqa: E402


def parse(arguments):
    parser = argparse.ArgumentParser(prog='./dev bench', description='Times the program and its peers.')
    parser.add_argument('--install-peers', action='store_true', help='install PyTorch, scikit-learn, NumPy and FANN first (Debian)')
    parser.add_argument('--works', default=','.join(WORKS), metavar='S,M', help='of %(default)s')
    parser.add_argument('--quick', action='store_true', help='fewer and shorter rounds')
    parser.add_argument('--rounds', type=int, metavar='N', help='how often everybody is asked')
    parser.add_argument('--no-peers', action='store_true', help='our own figures only')
    parser.add_argument('--rest', action='store_true', help='only what is not training: start, loading, drawing, the canvas')
    parser.add_argument('--scaling', action='store_true', help='only how time and memory grow')
    parser.add_argument('--busy', action='store_true', help='only training while all processors are busy with something else')
    parser.add_argument('--json', action='store_true', help='JSON instead of tables')
    parser.add_argument('--keep', action='store_true', help='also write the result to bench/history')
    parser.add_argument('--build', default='_build', metavar='FOLDER', help='the build (%(default)s)')
    options = parser.parse_args(arguments)
    options.works = options.works.split(',')
    unknown = set(options.works) - set(WORKS)
    if unknown:
        parser.error(f'there is no work {", ".join(sorted(unknown))}; there are {", ".join(WORKS)}')
    options.rounds = options.rounds or (3 if options.quick else 11)
    options.seconds = 0.25
    options.build = ROOT / options.build
    return options


def build(folder):
    """All that can be built here."""
    targets = subprocess.run(['ninja', '-C', folder, '-t', 'targets', 'all'], capture_output=True, text=True, check=True).stdout
    wanted = [name for name in ('bench/contender', 'bench/bench-rest', 'bench/bench-cost', 'bench/fann-peer',
                                'src/app/perzeptron') if f'\n{name}:' in targets]
    done = subprocess.run(['ninja', '-C', folder, '--quiet', *wanted], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def find_mnist():
    """The folder of the real MNIST, or None."""
    for folder in (os.environ.get('PERZEPTRON_TEST_DATA'), ROOT.parent / 'shared' / 'data'):
        if folder and (pathlib.Path(folder) / 'mnist').is_dir():
            return pathlib.Path(folder) / 'mnist'
    return None


def processor():
    try:
        for line in open('/proc/cpuinfo'):
            if line.startswith('model name'):
                return line.split(':')[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def commit():
    done = subprocess.run(['git', '-C', ROOT, 'describe', '--always', '--dirty'], capture_output=True, text=True)
    return done.stdout.strip() or 'unknown'


def main():
    options = parse(sys.argv[1:])
    build(options.build)

    result = {
        'date': datetime.datetime.now(datetime.timezone.utc).isoformat(timespec='seconds'),
        'commit': commit(),
        'machine': {'processor': processor(), 'processors': len(os.sched_getaffinity(0)), 'load': os.getloadavg()[0]},
    }
    only = options.rest or options.scaling or options.busy
    mnist = find_mnist()
    if options.busy or not only:
        folder = contest.export(options.build, mnist)
        result['data'] = 'MNIST' if mnist else 'built-in digits, repeated'
    if not only:
        result.update(contest.run(options, folder))
    if options.busy:
        result['busy'] = contest.run_busy(options, folder)
    if options.rest or not only:
        result['rest'] = rest.run(options.build, mnist, ROOT)
    if options.scaling:
        result['scaling'] = scaling.run(options.build, options.quick)

    text = json.dumps(result, indent=2)
    print(text if options.json else report.tables(result))
    if options.keep:
        path = BENCH / 'history' / f"{result['date'][:10]}-{result['commit']}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + '\n')


if __name__ == '__main__':
    main()
