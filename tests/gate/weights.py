#!/usr/bin/env python3
# weights.py CLI DIGESTS KEY: fails if training comes to other weights than it did, by one bit.
#
# Each run is made with one thread and with two, on the data that are built in; what is compared
# is a SHA-256 of the tensors of the network and of its scaler. They are the same on processors
# with the same vector instructions, with the same compiler (KEY); with others there is nothing to
# compare with. A change that is meant to change no number keeps them; where one is meant to,
# write the new ones down: the message has them.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import hashlib
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

SKIP = 77

RUNS = {
    'sgd': 'builtin:digits --hidden 30:sigmoid --output softmax --loss cross-entropy --optimizer sgd --epochs 3',
    'adam': 'builtin:digits --hidden 128:relu,64:relu --dropout 0.2 --l2 0.0001 --optimizer adam --epochs 2',
    'affine': 'builtin:digits --preset mnist-affine --epochs 2',
    'molecules': 'builtin:molecules --preset molecules --features pair-histograms --epochs 5',
}


def vectors():
    with open('/proc/cpuinfo') as cpuinfo:
        flags = set(cpuinfo.read().split())
    return 'avx512' if {'avx512f', 'avx512vl', 'avx512bw'} <= flags else 'avx2' if 'avx2' in flags else 'any'


def digest(path):
    content = pathlib.Path(path).read_bytes()
    length, = struct.unpack('<Q', content[:8])
    header = json.loads(content[8:8 + length])
    kept = hashlib.sha256()
    for name in sorted(name for name in header if name.startswith(('layers.', 'scaler.'))):
        begin, end = header[name]['data_offsets']
        kept.update(f'{name} {header[name]["shape"]}\n'.encode())
        kept.update(content[8 + length + begin:8 + length + end])
    return kept.hexdigest()


def main():
    cli, digests, key = sys.argv[1:]
    lines = [line.split() for line in open(digests) if line.strip() and not line.startswith('#')]
    key += '-' + vectors()
    wanted = {name: digest for of, name, digest in lines if of == key}
    if not wanted and not os.environ.get('WRITE_DIGESTS'):
        print(f'skipped: no digests for {key}')
        sys.exit(SKIP)

    status = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, options in RUNS.items():
            for threads in 1, 2:
                out = os.path.join(folder, 'out.perz')
                subprocess.run([cli, 'train', *options.split(), '--seed', '1', '--threads', str(threads), '--out', out],
                               check=True, stdout=subprocess.DEVNULL)
                found = digest(out)
                good = found == wanted.get(name)
                print('ok' if good else 'NOT OK', key, name, found, f'({threads} threads)')
                status |= not good
    sys.exit(status)


if __name__ == '__main__':
    main()
