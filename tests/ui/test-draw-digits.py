#!/usr/bin/python3
# test-draw-digits.py PROGRAM CLI: draws all ten digits with the mouse on the pad of the real window, as
# one would write them, and reads the answers of a network that was trained on MNIST. At least nine
# of ten must be right: large in the middle, and small, tilted and in a corner. Then a seven with
# nothing but the keyboard; and a drag with Ctrl, which draws nothing.
#
# MNIST is looked for in $PERZEPTRON_TEST_DATA/mnist and beside the project; without it: skipped.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import math
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Window, wait, xdotool

HERE = os.path.dirname(os.path.abspath(__file__))


def arc(x, y, rx, ry, begin, end, n=24):
    """Part of an ellipse; degrees, 0 is right and 90 is down."""
    angles = [math.radians(begin + (end - begin) * i / n) for i in range(n + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def line(*points, n=10):
    return [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n)
            for a, b in zip(points, points[1:]) for i in range(n)] + [points[-1]]


# Strokes on the unit square.
DIGITS = {
    '0': [arc(0.50, 0.50, 0.20, 0.30, -80, -440, 40)],
    '1': [line((0.55, 0.20), (0.52, 0.50), (0.49, 0.80))],
    '2': [arc(0.50, 0.36, 0.19, 0.16, -160, 40) + line((0.62, 0.47), (0.46, 0.66), (0.30, 0.79))
          + line((0.32, 0.79), (0.52, 0.78), (0.72, 0.79))],
    '3': [arc(0.48, 0.35, 0.17, 0.14, -150, 85) + arc(0.49, 0.64, 0.20, 0.16, -85, 150)],
    '4': [line((0.38, 0.20), (0.33, 0.38), (0.30, 0.52), (0.50, 0.52), (0.70, 0.50)),
          line((0.62, 0.20), (0.60, 0.50), (0.58, 0.82))],
    '5': [line((0.40, 0.22), (0.37, 0.46)) + arc(0.48, 0.62, 0.19, 0.18, -125, 145),
          line((0.40, 0.22), (0.68, 0.21))],
    '6': [line((0.58, 0.18), (0.46, 0.32), (0.37, 0.50), (0.34, 0.62))
          + arc(0.49, 0.64, 0.15, 0.16, -175, -535, 36)],
    '7': [line((0.30, 0.24), (0.50, 0.23), (0.70, 0.23), (0.60, 0.42), (0.52, 0.62), (0.46, 0.82))],
    '8': [arc(0.50, 0.34, 0.14, 0.15, -30, -270, 24) + arc(0.50, 0.65, 0.17, 0.16, -90, 270, 36)
          + arc(0.50, 0.34, 0.14, 0.15, 90, -30, 16)],
    '9': [arc(0.48, 0.36, 0.16, 0.16, -20, -360, 36) + line((0.64, 0.36), (0.62, 0.58), (0.57, 0.82))],
}


def large(x, y):
    return x, y


def small(x, y):
    """Six tenths of the size, tilted to the right, in the upper left."""
    x, y = 0.6 * (x - 0.5), 0.6 * (y - 0.5)
    return 0.36 + x - 0.12 * y, 0.38 + y


def find_data():
    for folder in (os.environ.get('PERZEPTRON_TEST_DATA'), os.path.join(HERE, '..', '..', '..', 'shared', 'data')):
        if folder and os.path.exists(os.path.join(folder, 'mnist')):
            return os.path.join(folder, 'mnist')


def get_answer(window):
    status = window.has(None, lambda name: name.startswith('Prediction: '))
    return status.name[len('Prediction: '):].split(',')[0] if status else None


def settled(window):
    """The answer once it has been the same five times running: a question may be under way."""
    last, n = None, 0
    while n < 5:
        now = wait(lambda: get_answer(window), 'an answer')
        last, n = now, n + 1 if now == last else 1
    return last


def draw_all(window, hand):
    pad = window.find('image', 'Drawing Pad')
    answers = {}
    for digit, strokes in DIGITS.items():
        for stroke in strokes:
            pad.drag([hand(*point) for point in stroke], step=0.004)
        answers[digit] = settled(window)
        window.key('Delete')
        wait(lambda: get_answer(window) is None, 'an empty pad')
    return answers


def draw_with_keys(window):
    """A seven, its foot aslant and then straight down."""
    pad = window.find('image', 'Drawing Pad')
    for _ in range(60):
        if 'focused' in pad.states:
            break
        window.key('Tab')
    window.key(*['Left'] * 3, 'space', *['Right'] * 6, *['End'] * 2, *['Down'] * 6, *['shift+Down'] * 2)
    wait(lambda: 'Pen down, 55 % from the left' in pad.description, 'the pen to be down')
    window.key('Return')
    wait(lambda: 'Pen up' in pad.description, 'the pen to be up')
    answer = settled(window)
    window.key('BackSpace')
    wait(lambda: get_answer(window) is None, 'an empty pad')
    return answer


def drag_with_control(window):
    """How many strokes a drag with Ctrl and one without leave."""
    pad = window.find('image', 'Drawing Pad')
    line = [(0.3, 0.3), (0.5, 0.5), (0.7, 0.7)]
    xdotool('keydown', 'ctrl')
    try:
        pad.drag(line)
    finally:
        xdotool('keyup', 'ctrl')
    pad.drag(line)
    wait(lambda: get_answer(window), 'an answer')
    n = 0
    while not pad.description.startswith('Empty'):
        n += 1
        undo = window.find(None, 'Undo Stroke')
        undo.click()
        wait(lambda: pad.description.startswith('Empty') or undo.sensitive, 'a stroke to go')
    return n


def main(program, cli):
    data = find_data()
    if data is None:
        print('1..0 # SKIP MNIST is not there; say where with PERZEPTRON_TEST_DATA')
        return

    print('1..4')
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'digits.perz')
        subprocess.run([cli, 'train', data, '--epochs=8', '--out=' + path], check=True, stdout=subprocess.DEVNULL)

        window = Window(program, path)
        window.resize(1250, 950)
        wait(lambda: window.has('frame').name.startswith('digits'), 'the file to open')
        window.key('alt+3')

        for i, hand in enumerate((large, small), 1):
            answers = draw_all(window, hand)
            right = sum(digit == answer for digit, answer in answers.items())
            print('#', hand.__name__, ' '.join(f'{digit}:{answer}' for digit, answer in answers.items()))
            print(f'{"ok" if right >= 9 else "not ok"} {i} - {hand.__name__}: {right} of 10 are right', flush=True)

        answer = draw_with_keys(window)
        print(f'{"ok" if answer == "7" else "not ok"} 3 - a seven with the keyboard: {answer}', flush=True)

        n = drag_with_control(window)
        print(f'{"ok" if n == 1 else "not ok"} 4 - a drag with Ctrl draws nothing: {n} stroke of two drags', flush=True)

        window.close()


if __name__ == '__main__':
    main(*sys.argv[1:])
