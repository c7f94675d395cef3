#!/usr/bin/env python3
"""color-scales.py >src/draw/draw-scales-private.h

Makes the colour scales of the pictures. A scale is a quadratic Bézier curve in
OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020)
through three colours given as lightness, chroma and hue. Its knots are placed
so that neighbours are equally far from each other in CIELAB (CIE 15:2004, D65)
and that CIELAB lightness never turns round.

The categories are those of Okabe and Ito, "Color Universal Design" (2002), made
darker or lighter in OKLab until they stand out from the background: 3 : 1, as
WCAG 2.1 asks of graphics, or more: thin lines look dim on a dark background.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import math

KNOTS = 17

# lightness, chroma, hue in degrees: begin, control, end
SCALES = {
    # The hues of Okabe and Ito's blue and vermilion. Both arms of a pair have
    # the same lightness all along.
    'light_blue': ((0.975, 0.000, 0), (0.80, 0.155, 240), (0.42, 0.130, 255)),
    'light_orange': ((0.975, 0.000, 0), (0.80, 0.155, 60), (0.42, 0.125, 42)),
    'dark_blue': ((0.270, 0.000, 0), (0.46, 0.190, 252), (0.86, 0.085, 230)),
    'dark_orange': ((0.270, 0.000, 0), (0.46, 0.150, 45), (0.86, 0.105, 70)),
    'light_sequential': ((0.975, 0.010, 150), (0.78, 0.150, 170), (0.33, 0.105, 262)),
    'dark_sequential': ((0.270, 0.020, 262), (0.50, 0.150, 235), (0.93, 0.115, 125)),
}

# Their order is that of use: the first are the farthest apart, for colour-blind
# eyes as well. With each, how many times the least contrast it gets on light and
# on dark, so that hues which such eyes confuse differ in lightness.
CATEGORIES = [
    ('0072b2', 2.0, 1.0),  # blue
    ('d55e00', 1.5, 1.0),  # vermilion
    ('009e73', 1.0, 1.3),  # bluish green
    ('cc79a7', 1.0, 1.0),  # reddish purple
    ('e69f00', 1.0, 1.5),  # orange
    ('56b4e9', 1.0, 1.6),  # sky blue
    ('000000', 1.0, 1.0),  # black
    ('f0e442', 2.6, 1.0),  # yellow
]

# The background that is hardest to stand out from, and the contrast to reach
BACKGROUNDS = {
    'light': ('f6f5f4', 3.0),
    'dark': ('363636', 3.5),
    'light_contrast': ('f6f5f4', 4.5),
    'dark_contrast': ('363636', 4.8),
}


def lch_to_lab(color):
    lightness, chroma, hue = color
    return (lightness,
            chroma * math.cos(math.radians(hue)),
            chroma * math.sin(math.radians(hue)))


def oklab_to_linear(lab):
    big_l, a, b = lab
    l = (big_l + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m = (big_l - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (big_l - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)


def linear_to_oklab(linear):
    r, g, b = linear
    l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)


def in_gamut(linear):
    return all(-1e-4 <= c <= 1 + 1e-4 for c in linear)


def into_gamut(lab):
    """Takes chroma away until the colour can be shown."""
    if in_gamut(oklab_to_linear(lab)):
        return lab
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if in_gamut(oklab_to_linear((lab[0], lab[1] * middle, lab[2] * middle))):
            low = middle
        else:
            high = middle
    return (lab[0], lab[1] * low, lab[2] * low)


def encode(c):
    c = min(max(c, 0.0), 1.0)
    return 12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055


def decode(text):
    values = (int(text[i:i + 2], 16) / 255 for i in (0, 2, 4))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
                 for c in values)


def luminance(linear):
    r, g, b = (min(max(c, 0.0), 1.0) for c in linear)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    a, b = sorted((luminance(one), luminance(other)))
    return (b + 0.05) / (a + 0.05)


def stand_out(color, background, ratio):
    """Moves lightness away from the background until the contrast is there."""
    lab = linear_to_oklab(color)
    step = -0.002 if luminance(background) > 0.2 else 0.002
    if lab[0] < 0.01 and step > 0:
        lab = (0.85, 0.0, 0.0)      # black becomes a light grey
    while contrast(oklab_to_linear(into_gamut(lab)), background) < ratio:
        lab = (lab[0] + step, lab[1], lab[2])
    return oklab_to_linear(into_gamut(lab))


def make_categories(background, ratio):
    behind = decode(background)
    dark = luminance(behind) < 0.2
    return [stand_out(decode(text), behind, ratio * (on_dark if dark else on_light))
            for text, on_light, on_dark in CATEGORIES]


def to_cielab(linear):
    r, g, b = (min(max(c, 0.0), 1.0) for c in linear)
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883

    def f(t):
        return t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29

    return (116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z)))


def make(begin, control, end, steps=4000):
    p = [lch_to_lab(c) for c in (begin, control, end)]
    path = []
    for i in range(steps + 1):
        t = i / steps
        lab = [(1 - t) ** 2 * p[0][k] + 2 * t * (1 - t) * p[1][k] + t * t * p[2][k]
               for k in range(3)]
        path.append(oklab_to_linear(into_gamut(lab)))

    # Equal steps along the way
    length = [0.0]
    for before, after in zip(path, path[1:]):
        length.append(length[-1] + math.dist(to_cielab(before), to_cielab(after)))

    knots, i = [], 0
    for k in range(KNOTS):
        want = length[-1] * k / (KNOTS - 1)
        while i < steps and length[i] < want:
            i += 1
        knots.append(path[i])
    return knots


def main():
    print('/* draw-scales-private.h: the colour scales as tables, made by')
    print(' * build-aux/color-scales.py, which says how. sRGB.')
    print(' *')
    print(' * SPDX-License-Identifier: GPL-3.0-or-later')
    print(' */')
    print()
    print('#pragma once')
    print()
    print('#define N_KNOTS %d' % KNOTS)
    for name, colors in SCALES.items():
        print()
        print('static const float %s[N_KNOTS][3] = {' % name)
        for knot in make(*colors):
            print('  { %.4ff, %.4ff, %.4ff },' % tuple(encode(c) for c in knot))
        print('};')

    print()
    print('#define N_CATEGORIES %d' % len(CATEGORIES))
    for name, (background, ratio) in BACKGROUNDS.items():
        print()
        print('static const float %s_categories[N_CATEGORIES][3] = {' % name)
        for color in make_categories(background, ratio):
            print('  { %.4ff, %.4ff, %.4ff },' % tuple(encode(c) for c in color))
        print('};')


if __name__ == '__main__':
    main()
