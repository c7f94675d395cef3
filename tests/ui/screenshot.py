# screenshot.py PROGRAM FOLDER: see screenshot.sh.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Window, wait

THREE = [(0.30, 0.24), (0.45, 0.17), (0.60, 0.22), (0.63, 0.34), (0.54, 0.44), (0.44, 0.47), (0.56, 0.50),
         (0.66, 0.60), (0.64, 0.74), (0.50, 0.83), (0.33, 0.79)]


def train(window):
    wait(lambda: window.has('push button', 'Train').sensitive, 'data')
    window.find('push button', 'Train').click()
    window.find('label', lambda name: name.startswith('Done'), seconds=60)


def main(program, folder):
    window = Window(program)
    window.resize(1240, 840)
    train(window)
    window.find('push button', 'Add Layer').click()
    window.find('list item', 'Hidden layer 2')
    train(window)
    window.shot(os.path.join(folder, 'window.png'))
    window.key('alt+3')
    window.find('image', 'Drawing Pad').drag(
        [(a[0] + (b[0] - a[0]) * i / 8, a[1] + (b[1] - a[1]) * i / 8)
         for a, b in zip(THREE, THREE[1:]) for i in range(8)])
    window.find(None, lambda name: name.startswith('Answer'))
    window.shot(os.path.join(folder, 'draw.png'))
    window.close()


main(*sys.argv[1:])
