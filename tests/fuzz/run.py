#!/usr/bin/env python3
# run.py BUILD CORPUS SECONDS [-runs=N] TARGET…: fuzzes each target for so long, from what is kept.
#
# The seconds are those of one core, so that it is as much on a busy machine.
# The inputs that reach new code are kept in CORPUS/TARGET, those that crash, hang or leak in
# CORPUS/crashes. After each target one line tells how many inputs ran, in how many seconds,
# how much code they reach, how much memory it took and how many crashed.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
import resource
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, '..', 'golden')

# Files of the tests that are good inputs, besides corpus/TARGET.
SEEDS = {'perz': ['version-1.perz'], 'network': ['version-1.perz'], 'pickle': ['pickle']}

# Longest input in bytes: what takes the whole of a small file; else what keeps it fast.
LONGEST = {'perz': 1 << 20, 'json': 1 << 20, 'network': 1 << 18, 'picture': 1 << 16, 'ink': 1 << 14,
           'drawings': 1 << 14, 'lines': 1 << 16, 'open': 1 << 16}

# One that fails ends the process; the next begins where it was, but not for ever.
MOST_CRASHES = 20


def find(name, kind):
    path = os.path.join(HERE, kind, name)
    return [path] if os.path.exists(path) else []


def time_used():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fuzz(build, corpus, target, seconds, runs):
    """Returns (inputs, seconds, coverage, peak memory in MB, crashes)."""
    kept, crashes = os.path.join(corpus, target), os.path.join(corpus, 'crashes')
    os.makedirs(kept, exist_ok=True)
    os.makedirs(crashes, exist_ok=True)
    folders = [kept, *find(target, 'corpus')]
    folders += [path for path in (os.path.join(GOLDEN, name) for name in SEEDS.get(target, []))
                if os.path.isdir(path)]
    seeds = [os.path.join(GOLDEN, name) for name in SEEDS.get(target, [])
             if os.path.isfile(os.path.join(GOLDEN, name))]
    begin, n, n_crashes, coverage, memory = time_used(), 0, 0, 0, 0
    while True:
        left = seconds - (time_used() - begin)
        if left < 1 or runs and n >= runs or n_crashes >= MOST_CRASHES:
            break
        command = [os.path.join(build, 'tests', 'fuzz', 'fuzz-' + target),
                   f'-max_total_time={int(left)}', f'-max_len={LONGEST.get(target, 1 << 12)}',
                   '-rss_limit_mb=1024', '-timeout=10', '-print_final_stats=1', '-reload=0', '-print_funcs=0',
                   f'-artifact_prefix={crashes}/{target}-', *([f'-runs={runs - n}'] if runs else []),
                   *(f'-dict={path}' for path in find(target + '.dict', 'dict')), *folders]
        if seeds:
            command.append('-seed_inputs=' + ','.join(seeds))
        done = subprocess.run(command, capture_output=True, text=True, errors='replace',
                              env={**os.environ, 'G_DEBUG': 'fatal-warnings', 'G_SLICE': 'always-malloc',
                                   'ASAN_OPTIONS': 'quarantine_size_mb=64'})
        stats = dict(re.findall(r'^stat::(\w+):\s+(\d+)', done.stderr, re.M))
        n += int(stats.get('number_of_executed_units', 0))
        memory = max(memory, int(stats.get('peak_rss_mb', 0)))
        coverage = max([coverage, *map(int, re.findall(r'\bcov: (\d+)', done.stderr))])
        if done.returncode == 0:
            continue
        n_crashes += 1
        print(f'--- fuzz-{target} ended with status {done.returncode}\n' + done.stderr[-6000:], file=sys.stderr)
        if not stats:
            break       # it did not come to an input
    return n, time_used() - begin, coverage, memory, n_crashes


def main(build, corpus, seconds, *rest):
    runs = next((int(word[6:]) for word in rest if word.startswith('-runs=')), 0)
    bad = 0
    print(f'{"target":10} {"inputs":>10} {"seconds":>8} {"coverage":>9} {"peak MB":>8} {"crashes":>8}')
    for target in (word for word in rest if not word.startswith('-')):
        n, taken, coverage, memory, crashes = fuzz(build, corpus, target, int(seconds), runs)
        bad += crashes
        print(f'{target:10} {n:10} {taken:8.0f} {coverage:9} {memory:8} {crashes:8}', flush=True)
    if bad:
        print(f'What crashed is in {corpus}/crashes; run a target with it to see why.')
    sys.exit(bad > 0)


if __name__ == '__main__':
    main(*sys.argv[1:])
