# plot.py: small plots with logarithmic axes, as SVG.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import math

WIDTH, HEIGHT = 290, 230
LEFT, RIGHT, TOP, BOTTOM = 58, 20, 28, 40
LABELS = {'width': 'units in each hidden layer', 'depth': 'hidden layers', 'batch': 'samples in a batch', 'samples': 'samples'}
ROWS = (('seconds', 1e6, 'µs per sample'), ('bytes', 1e-6, 'MB'))


def ticks(low, high):
    """1, 2 and 5 times the powers of ten; only the powers where these are many."""
    every = [m * 10.0 ** e for e in range(-3, 7) for m in (1, 2, 5)]
    inside = [t for t in every if low <= t <= high]
    return inside if len(inside) <= 5 else inside[::2] if len(inside) <= 8 else [t for t in inside if math.log10(t) % 1 == 0]


def panel(left, top, title, unit, xs, measured, model):
    low, high = min(measured + model) / 1.2, max(measured + model) * 1.2
    # What does not change shall look so.
    low, high = min(low, math.sqrt(low * high) / 4), max(high, math.sqrt(low * high) * 4)
    x_low, x_high = min(xs) / 1.1, max(xs) * 1.1

    def x(value):
        return left + LEFT + (WIDTH - LEFT - RIGHT) * math.log(value / x_low) / math.log(x_high / x_low)

    def y(value):
        return top + HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * math.log(value / low) / math.log(high / low)

    base, end = top + HEIGHT - BOTTOM, left + WIDTH - RIGHT
    out = [f'<text x="{left + LEFT}" y="{top + 18}">{unit}</text>',
           f'<text x="{(left + LEFT + end) / 2}" y="{base + 34}" text-anchor="middle">{title}</text>']
    for t in ticks(low, high):
        out.append(f'<path d="M{left + LEFT} {y(t):.1f}H{end}" stroke="#ddd"/>'
                   f'<text x="{left + LEFT - 6}" y="{y(t) + 4:.1f}" text-anchor="end">{t:g}</text>')
    for t in xs if len(xs) <= 6 else xs[::2]:
        out.append(f'<text x="{x(t):.1f}" y="{base + 16}" text-anchor="middle">{t}</text>')
    out.append(f'<path d="M{left + LEFT} {base}H{end}" stroke="#555"/>')
    line = 'L'.join(f'{x(a):.1f} {y(b):.1f}' for a, b in zip(xs, model))
    out.append(f'<path d="M{line}" fill="none" stroke="#0072b2" stroke-width="1.5"/>')
    out += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" fill="#d55e00"/>' for a, b in zip(xs, measured)]
    return out


def panels(series):
    """@series: {name: [(x, point)]}; points have what was measured and what the model says."""
    out = []
    for row, (key, factor, unit) in enumerate(ROWS):
        for column, (name, points) in enumerate(series.items()):
            out += panel(column * WIDTH, row * HEIGHT, LABELS[name], unit, [x for x, _ in points],
                         [p[key] * factor for _, p in points], [p[f'{key}_model'] * factor for _, p in points])
    width, height = WIDTH * len(series), HEIGHT * len(ROWS) + 24
    out.append(f'<text x="{LEFT}" y="{height - 8}">dots: measured; lines: the model</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="11">'
            f'<rect width="100%" height="100%" fill="white"/>' + '\n'.join(out) + '</svg>\n')
