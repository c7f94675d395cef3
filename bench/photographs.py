#!/usr/bin/python3
# How many digits on photographed sheets are found and read: MNIST's test digits, written in rows on sheets that are
# then spoilt as photographs are. Everything follows from the seed.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import collections
import gzip
import json
import math
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

import numpy as np

KINDS = ['clean', 'dark', 'gradient', 'vignette', 'shadow', 'hard-shadow', 'ruled', 'squared', 'pencil', 'all']


def read_idx(folder, name):
    for path in (folder / name, folder / (name + '.gz')):
        if path.exists():
            data = path.read_bytes()
            data = gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data
            shape = struct.unpack('>%dI' % data[3], data[4:4 + 4 * data[3]])
            return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)
    sys.exit(f'{folder} has no {name}')


def sample(picture, y, x):
    """Bilinear, 0 outside."""
    y0, x0 = np.floor(y).astype(int), np.floor(x).astype(int)
    padded = np.pad(picture, 2)

    def at(yy, xx):
        inside = (yy >= -1) & (yy <= picture.shape[0]) & (xx >= -1) & (xx <= picture.shape[1])
        return np.where(inside, padded[np.clip(yy + 2, 0, padded.shape[0] - 1), np.clip(xx + 2, 0, padded.shape[1] - 1)], 0)
    fy, fx = y - y0, x - x0
    return ((at(y0, x0) * (1 - fx) + at(y0, x0 + 1) * fx) * (1 - fy) +
            (at(y0 + 1, x0) * (1 - fx) + at(y0 + 1, x0 + 1) * fx) * fy)


def redraw(digit, height, angle):
    """The digit, larger, sharp again and turned; cropped to its ink."""
    side = int(height * 28 / 20)
    y, x = np.mgrid[0:side, 0:side] * (28 / side) - 13.5
    c, s = math.cos(angle), math.sin(angle)
    big = sample(digit / 255, c * y - s * x + 13.5, s * y + c * x + 13.5)
    big = np.clip((big - 0.5) * side / 28 * 1.2 + 0.5, 0, 1)
    rows, columns = np.any(big > 0.2, 1).nonzero()[0], np.any(big > 0.2, 0).nonzero()[0]
    if len(rows) == 0:
        return None
    return big[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def blur(picture, sigma):
    n = max(1, int(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-n, n + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in 0, 1:
        padded = np.pad(picture, [(n, n) if a == axis else (0, 0) for a in (0, 1)], 'edge')
        picture = sum(k * np.take(padded, range(i, i + picture.shape[axis]), axis) for i, k in enumerate(kernel))
    return picture


def blocks(picture, step):
    """What JPEG does to grey: the cosine transform of 8 × 8 pixels, rounded, coarser for finer detail."""
    height, width = picture.shape
    padded = np.pad(picture, ((0, -height % 8), (0, -width % 8)), 'edge') - 128
    k = np.arange(8)
    dct = np.sqrt(2 / 8) * np.cos((2 * k + 1) * k[:, None] * np.pi / 16)
    dct[0] /= math.sqrt(2)
    tiles = padded.reshape(padded.shape[0] // 8, 8, -1, 8).transpose(0, 2, 1, 3)
    levels = step * (1 + 0.6 * (k[:, None] + k))
    tiles = dct.T @ (np.round(dct @ tiles @ dct.T / levels) * levels) @ dct
    return tiles.transpose(0, 2, 1, 3).reshape(padded.shape)[:height, :width] + 128


def make_sheet(random, digits, kind):
    """A sheet of grey bytes, and where which digit (its number) stands."""
    width, height = int(random.integers(500, 900)), int(random.integers(300, 700))
    ink = np.zeros((height, width))
    places = []
    size = random.uniform(50, 90)
    top = size * 0.5
    while top + 1.3 * size < height:
        left = size * random.uniform(0.4, 0.8)
        climb = random.uniform(-0.04, 0.04)
        while True:
            item = int(random.integers(len(digits)))
            drawn = redraw(digits[item], size * random.uniform(0.85, 1.15), random.uniform(-0.12, 0.12))
            if drawn is None or left + drawn.shape[1] + size * 0.3 > width:
                break
            y = int(np.clip(top + climb * left, 2, height - drawn.shape[0] - 2))
            x = int(left)
            part = ink[y:y + drawn.shape[0], x:x + drawn.shape[1]]
            np.maximum(part, drawn, out=part)
            places.append((x, y, drawn.shape[1], drawn.shape[0], item))
            left += drawn.shape[1] + size * random.uniform(0.18, 0.6)
        top += size * random.uniform(1.6, 2.0)

    y, x = np.mgrid[0:height, 0:width]
    y, x = y / height, x / width
    light = np.ones((height, width))
    paper, dark = random.uniform(190, 250), random.uniform(20, 80)
    everything = kind == 'all'
    some = (lambda wanted: kind == wanted or (everything and random.random() < 0.5))
    if some('pencil'):
        dark = random.uniform(100, 130)
        ink = ink * (0.75 + 0.25 * blur(random.random(ink.shape), 1.0) / 0.5).clip(0, 1)
    if some('gradient'):
        a = random.uniform(0, 2 * np.pi)
        light *= 1 - random.uniform(0.4, 0.65) * np.clip(0.5 + (x - 0.5) * math.cos(a) + (y - 0.5) * math.sin(a), 0, 1)
    if some('vignette'):
        light *= 1 - random.uniform(0.8, 1.1) * ((x - 0.5) ** 2 + (y - 0.5) ** 2)
    if some('shadow') or kind == 'hard-shadow':
        a = random.uniform(0, 2 * np.pi)
        d = (x - random.uniform(0.3, 0.7)) * math.cos(a) + (y - random.uniform(0.3, 0.7)) * math.sin(a)
        soft = 0.003 if kind == 'hard-shadow' else random.uniform(0.02, 0.1)
        light *= 1 - random.uniform(0.3, 0.55) / (1 + np.exp(np.clip(-d / soft, -50, 50)))
    lines = np.zeros((height, width))
    if some('ruled') or kind == 'squared':
        gap = int(random.integers(25, 60))
        rows, columns = np.arange(height) % gap < 2, np.arange(width) % gap < 2
        lines = np.maximum(lines, rows[:, None] * 1.0)
        if kind == 'squared':
            lines = np.maximum(lines, columns[None, :] * 1.0)
    sheet = paper * (1 - 0.22 * lines) * (1 - ink) + dark * ink
    if kind == 'dark' or (everything and random.random() < 0.3):
        sheet = 255 - sheet
    sheet = sheet * light
    if kind not in ('clean', 'dark'):
        sheet = blur(sheet, random.uniform(0.6, 1.4)) + random.normal(0, random.uniform(1, 6), sheet.shape)
        sheet = blocks(sheet, random.uniform(2, 8))
    return np.clip(np.round(sheet), 0, 255).astype(np.uint8), places


def write_png(path, grey):
    height, width = grey.shape
    rows = b''.join(b'\0' + row.tobytes() for row in grey)

    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)) +
                     chunk(b'IDAT', zlib.compress(rows, 1)) + chunk(b'IEND', b''))


def shared(a, b):
    """Of two boxes: intersection over union."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    both = max(w, 0) * max(h, 0)
    return both / (a[2] * a[3] + b[2] * b[3] - both)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('cli', help='perzeptron-cli')
    parser.add_argument('model')
    parser.add_argument('mnist', type=pathlib.Path, help='a folder with the test part as IDX files')
    parser.add_argument('--sheets', type=int, default=50, help='of each kind')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--kinds', nargs='+', default=KINDS, choices=KINDS)
    parser.add_argument('--keep', type=pathlib.Path, help='a folder for the sheets')
    parser.add_argument('--json', action='store_true')
    options = parser.parse_args()

    digits = read_idx(options.mnist, 't10k-images-idx3-ubyte')
    labels = read_idx(options.mnist, 't10k-labels-idx1-ubyte')
    figures = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(exist_ok=True)
        for kind in options.kinds:
            truth = {}
            for i in range(options.sheets):
                random = np.random.default_rng([options.seed, KINDS.index(kind), i])
                path = folder / f'{kind}-{i}.png'
                sheet, truth[str(path)] = make_sheet(random, digits, kind)
                write_png(path, sheet)
            output = subprocess.run([options.cli, 'predict', '--json', options.model, *truth],
                                    stdout=subprocess.PIPE, text=True).stdout
            answers = collections.defaultdict(list)
            for line in output.splitlines():
                answer = json.loads(line)
                box = answer['box']
                answers[answer['image']].append((box['x'], box['y'], box['width'], box['height'], answer['class']))
            n = found = right = extra = 0
            for path, places in truth.items():
                free = answers[path]
                for place in places:
                    n += 1
                    best = max(free, key=lambda box: shared(box, place), default=None)
                    if best is None or shared(best, place) < 0.5:
                        continue
                    free.remove(best)
                    found += 1
                    right += best[4] == labels[place[4]]
                extra += len(free)
            figures[kind] = {'n': n, 'found': found / n, 'accuracy': right / n, 'extra': extra / n}
            if not options.json:
                print(f'{kind:12} {n:6} digits   found {100 * found / n:6.2f} %   right {100 * right / n:6.2f} %   '
                      f'besides {100 * extra / n:6.2f} %', flush=True)
    if options.json:
        print(json.dumps(figures))


if __name__ == '__main__':
    main()
