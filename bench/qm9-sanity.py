#!/usr/bin/env python3
# qm9-sanity.py CLI QM9 [options]: that no network of molecules says nonsense.
#
# Trains each preset for molecules on few and on many molecules of QM9, with several
# seeds, and prints how good it is on the test molecules; then trains each on the
# built-in molecules and asks it about textbook molecules (bench/molecules). A row is
# wrong where R² is not above 0, or where a prediction lies further outside the range of
# the training targets than half its width and is not marked as an extrapolation.
#
# Training is cut short where --epochs says so. QM9 is dsgdb9nsd.xyz.tar.bz2; its
# features are computed once and kept (XDG_CACHE_HOME). Exit status 1: a row is wrong.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

MOLECULES = sorted((pathlib.Path(__file__).resolve().parent / 'molecules').glob('*.xyz'))
PRESETS = ['molecules', 'course-qm9', 'qm9-gap', 'qm9-u0', 'qm9-mu', 'qm9-alpha', 'qm9-gap-coulomb']


def call(*arguments):
    done = subprocess.run(['nice', *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f'{" ".join(map(str, arguments))}\n{done.stderr}')
    return done.stdout


def read_ranges(path):
    """Of the training targets, from the .perz file, which is a safetensors file."""
    content = pathlib.Path(path).read_bytes()
    length, = struct.unpack('<Q', content[:8])
    header = json.loads(content[8:8 + length])
    ends = []
    for name in ('scaler.output.low', 'scaler.output.high'):
        begin, end = header[name]['data_offsets']
        ends.append(struct.unpack(f'<{(end - begin) // 4}f', content[8 + length + begin:8 + length + end]))
    return list(zip(*ends))


def is_insane(value, low, high):
    half = (high - low) / 2
    return not low - half <= value <= high + half


def train(options, data, preset, seed, epochs, out, *more):
    call(options.cli, 'train', data, '--preset', preset, '--seed', seed, '--epochs', epochs, '--out', out, *more)


def count_epochs(options, preset):
    return options.epochs if preset != 'course-qm9' else options.course_epochs


def try_qm9(options, folder):
    wrong = 0
    print('| preset | train | seed | epochs | MAE | RMSE | R² | largest error | predictions from | to | trained from | to | marked | |')
    print('|---|---|---|---|---|---|---|---|---|---|---|---|---|---|')
    for preset in options.presets:
        for size in options.sizes:
            for seed in options.seeds:
                out = folder / 'qm9.perz'
                epochs = count_epochs(options, preset)
                train(options, options.qm9, preset, seed, epochs, out, '--limit', size, '--validation', options.validation)
                result = json.loads(call(options.cli, 'evaluate', out, options.qm9, '--json'))
                for (name, fit), (low, high) in zip(result['targets'].items(), read_ranges(out)):
                    bad = not fit.get('r2', -1) > 0
                    bad |= fit['extrapolated'] == 0 and (is_insane(fit['lowest_prediction'], low, high) or
                                                         is_insane(fit['highest_prediction'], low, high))
                    wrong += bad
                    print(f'| {preset}, {name} | {size} | {seed} | {epochs} | {fit["mae"]:.4g} {fit["unit"]} | '
                          f'{fit["rmse"]:.4g} | {fit["r2"]:.4f} | {fit["largest_error"]:.4g} | '
                          f'{fit["lowest_prediction"]:.4g} | {fit["highest_prediction"]:.4g} | '
                          f'{low:.4g} | {high:.4g} | {fit["extrapolated"]} | {"WRONG" if bad else ""} |', flush=True)
    return wrong


def try_builtin(options, folder):
    wrong = 0
    print()
    print('| preset, on the built-in molecules | seed | epochs | predictions from | to | trained from | to | marked | |')
    print('|---|---|---|---|---|---|---|---|---|')
    for preset in options.presets:
        for seed in options.seeds:
            out = folder / 'builtin.perz'
            epochs = count_epochs(options, preset)
            train(options, 'builtin:molecules', preset, seed, epochs, out, '--validation', 180, '--test-size', 180)
            answers = [json.loads(line) for line in call(options.cli, 'predict', out, *MOLECULES, '--json').splitlines()]
            for name, (low, high) in zip(answers[0]['predictions'], read_ranges(out)):
                values = [answer['predictions'][name] for answer in answers]
                marks = [answer['extrapolation'][name] for answer in answers]
                bad = any(is_insane(value, low, high) and not mark for value, mark in zip(values, marks))
                wrong += bad
                print(f'| {preset}, {name} | {seed} | {epochs} | {min(values):.4g} | {max(values):.4g} | {low:.4g} | {high:.4g} | '
                      f'{sum(marks)} of {len(marks)} | {"WRONG" if bad else ""} |', flush=True)
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('cli', type=pathlib.Path)
    parser.add_argument('qm9', type=pathlib.Path)
    parser.add_argument('--presets', nargs='+', default=PRESETS)
    parser.add_argument('--sizes', nargs='*', type=int, default=[500, 1000, 5000, 10000])
    parser.add_argument('--seeds', nargs='+', type=int, default=[1, 2, 3])
    parser.add_argument('--epochs', type=int, default=20)
    parser.add_argument('--course-epochs', type=int, default=100, help='of course-qm9, whose steps are small')
    parser.add_argument('--validation', type=int, default=1000)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        wrong = try_builtin(options, pathlib.Path(folder))
        wrong += try_qm9(options, pathlib.Path(folder)) if options.sizes else 0
    sys.exit(1 if wrong > 0 else 0)


main()
