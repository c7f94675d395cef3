# screenshot.py PROGRAM FOLDER: see screenshot.sh.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Window, wait


def arc(x, y, rx, ry, begin, end, n=40):
    """Part of an ellipse; degrees, 0 is right and 90 is down."""
    angles = [math.radians(begin + (end - begin) * i / n) for i in range(n + 1)]
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


THREE = arc(0.48, 0.33, 0.17, 0.15, -150, 85) + arc(0.49, 0.65, 0.20, 0.17, -85, 150)


def train(window):
    wait(lambda: window.has('push button', 'Train').sensitive, 'data')
    window.find('push button', 'Train').click()
    window.find('label', lambda name: name.startswith('Finished'), seconds=60)


def main(program, folder):
    window = Window(program)
    window.resize(1240, 840)
    train(window)
    window.find('push button', 'Add Layer').click()
    window.find('list item', 'Hidden layer 2')
    train(window)
    window.shot(os.path.join(folder, 'window.png'))
    window.key('alt+3')
    window.find('image', 'Drawing Pad').drag(THREE)
    window.find(None, lambda name: name.startswith('Prediction: '))
    window.shot(os.path.join(folder, 'draw.png'))
    window.close()


main(*sys.argv[1:])
