# scaling.py: how time and memory grow with width, depth, batch and number of samples, and the
# model that explains it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import subprocess

import plot
from works import flops

WIDTHS, BATCH, SAMPLES = [784, 256, 256, 10], 64, 4096

SERIES = {
    'width': [([784, n, n, 10], BATCH, SAMPLES) for n in (32, 64, 128, 256, 512, 1024, 2048)],
    'depth': [([784, *[256] * n, 10], BATCH, SAMPLES) for n in (1, 2, 3, 4, 6, 8)],
    'batch': [(WIDTHS, n, SAMPLES) for n in (4, 8, 16, 32, 64, 128, 256, 512, 1024)],
    'samples': [(WIDTHS, BATCH, n) for n in (1024, 4096, 16384, 65536)],
}


def weights(widths):
    return sum(a * b for a, b in zip(widths, widths[1:]))


def time_terms(p):
    """Per sample: arithmetic, the update of the weights once a batch, what is done to each unit, and
    once a batch."""
    return [flops(p['widths'], True), weights(p['widths']) / p['batch'], sum(p['widths']), 1 / p['batch']]


def memory_terms(p):
    """The parameters with their copies; the activations of a batch; the samples as bytes; and what
    is always there."""
    return [4 * weights(p['widths']), 4 * p['batch'] * sum(p['widths']), p['samples'] * p['widths'][0], 1]


TIME_TERMS = (lambda f: f'FLOPs / {1e-9 / f:.0f} GFLOP/s', lambda f: f'{f * 1e9:.2f} ns · weights / batch',
              lambda f: f'{f * 1e9:.2f} ns · units', lambda f: f'{f * 1e6:.1f} µs / batch')
MEMORY_TERMS = (lambda f: f'{f:.1f} × weights', lambda f: f'{f:.1f} × outputs of all units for a batch',
                lambda f: f'{f:.2f} × samples as bytes', lambda f: f'{f / 1e6:.1f} MB')


def solve(matrix, right):
    """Gauss, with pivots."""
    n = len(right)
    rows = [list(row) + [r] for row, r in zip(matrix, right)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, n):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (rows[i][n] - sum(rows[i][k] * x[k] for k in range(i + 1, n))) / rows[i][i]
    return x


def fit(terms, values):
    """Factors ≥ 0 of the terms that make the relative errors smallest: least squares, where a
    term whose factor comes out negative is left out."""
    used = list(range(len(terms[0])))
    while used:
        A = [[t[i] / v for i in used] for t, v in zip(terms, values)]
        # Columns of one size: the terms differ by powers of ten.
        size = [max(abs(row[j]) for row in A) for j in range(len(used))]
        A = [[a / s for a, s in zip(row, size)] for row in A]
        normal = [[sum(row[i] * row[j] for row in A) for j in range(len(used))] for i in range(len(used))]
        x = solve(normal, [sum(row[i] for row in A) for i in range(len(used))])
        if min(x) >= 0:
            factors = [0.0] * len(terms[0])
            for i, value, s in zip(used, x, size):
                factors[i] = value / s
            return factors
        used.pop(x.index(min(x)))
    return [0.0] * len(terms[0])


def explain(points, key, terms):
    """Adds the model's values to the points; returns the factors and the median error."""
    T = [terms(p) for p in points]
    factors = fit(T, [p[key] for p in points])
    for p, t in zip(points, T):
        p[f'{key}_model'] = sum(f * x for f, x in zip(factors, t))
    errors = sorted(abs(p[f'{key}_model'] / p[key] - 1) for p in points)
    return factors, errors[len(errors) // 2]


def measure(build, point, rounds):
    """The best of some rounds: what else the machine does only ever adds."""
    widths, batch, n = point
    command = [build / 'bench' / 'bench-cost', str(batch), str(n), *map(str, widths)]
    answers = [subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split() for _ in range(rounds)]
    return dict(widths=widths, batch=batch, samples=n, seconds=min(float(a[0]) for a in answers),
                bytes=min(int(a[1]) for a in answers))


def run(build, quick):
    measured = {}
    for point in (p for series in SERIES.values() for p in series):
        if str(point) not in measured:
            measured[str(point)] = measure(build, point, 1 if quick else 3)
    points = list(measured.values())

    a, time_error = explain(points, 'seconds', time_terms)
    b, memory_error = explain(points, 'bytes', memory_terms)
    series = {name: [(x_value(name, point), measured[str(point)]) for point in points] for name, points in SERIES.items()}
    path = build / 'bench' / 'scaling.svg'
    path.write_text(plot.panels(series))
    return {
        'series': {name: [p for _, p in pairs] for name, pairs in series.items()},
        'seconds_factors': a,
        'bytes_factors': b,
        'seconds_text': f'Time per sample = {add(TIME_TERMS, a)}; half of the points lie within {100 * time_error:.0f} %.',
        'bytes_text': f'Memory = {add(MEMORY_TERMS, b)}; half of the points lie within {100 * memory_error:.0f} %.',
        'plot': str(path.relative_to(build.parent)),
    }


def add(terms, factors):
    """The sum in words; what is nothing is left out."""
    return ' + '.join(text(factor) for text, factor in zip(terms, factors) if factor)


def x_value(name, point):
    widths, batch, n = point
    return {'width': widths[1], 'depth': len(widths) - 2, 'batch': batch, 'samples': n}[name]
