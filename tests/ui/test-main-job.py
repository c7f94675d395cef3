#!/usr/bin/python3
# test-main-job.py PROGRAM SAMPLES: the main job in the real window, as a person does it: load data,
# add a layer, train, see the curve move, stop, draw, read the answer, save, reopen, same answer.
#
# SAMPLES is the folder of the built-in digits; a copy of it plays the data set that is chosen.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import PATIENCE, Window, wait

SEVEN = [(0.28, 0.25), (0.45, 0.24), (0.70, 0.24), (0.62, 0.40), (0.54, 0.60), (0.47, 0.82)]


def smooth(points, n=8):
    """Points between the points, as a hand passes them."""
    return [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n)
            for a, b in zip(points, points[1:]) for i in range(n)] + [points[-1]]


def answer(window):
    """The digit that the draw view answers, once it does."""
    status = window.has(None, lambda name: name.startswith('Prediction: '))
    return status and status.name[len('Prediction: ')]


def draw_seven(window):
    window.key('alt+3')
    pad = window.find('image', 'Drawing Pad')
    assert not answer(window), 'an empty pad has an answer'
    pad.drag(smooth(SEVEN))
    return wait(lambda: answer(window), 'an answer')


def curve_words(window):
    image = window.has('image', 'Training Curves')
    return image and image.description


def step(title):
    step.n += 1
    print(f'ok {step.n} - {title}', flush=True)


step.n = 0


def main(program, samples):
    work = tempfile.mkdtemp()
    data = os.path.join(work, 'digits')
    shutil.copytree(samples, data, ignore=lambda _, names: [n for n in names if not n.endswith('.gz')])
    saved = os.path.join(work, 'seven.perz')

    window = Window(program)
    window.resize(1250, 950)
    print(f'# first window after {window.appeared - window.started:.2f} s')
    window.find('label', 'Built-in digits')
    step('the window opens with the built-in digits')

    # Load data: the file chooser, a path typed into it.
    window.key('ctrl+shift+o')
    window.choose(os.path.join(data, 'train-images-idx3-ubyte.gz'))
    window.find('label', 'digits')
    window.find('label', lambda name: re.search(r'1\d.?\d00.*\d.?\d00.*2.?000', name))
    step('a folder of IDX files is loaded')

    # Add a layer.
    window.find('push button', 'Add Layer').click()
    window.find('list item', 'Hidden layer 2')
    window.key('ctrl+z')
    wait(lambda: not window.has('list item', 'Hidden layer 2'), 'undo to take the layer away')
    window.key('ctrl+shift+z')
    window.find('list item', 'Hidden layer 2')
    step('a layer is added, undone and redone')

    # Train, for so long that it can be stopped.
    window.find(None, 'Recipe').scroll_to(window.find('text', 'Epochs')).type('2000\t')
    wait(lambda: window.find('text', 'Epochs').text == '2000', 'the number of epochs')
    window.find('push button', 'Train').click()
    first = wait(lambda: curve_words(window), 'a curve')
    wait(lambda: curve_words(window) != first, 'the curve to move')
    step('training moves the curve')

    wait(lambda: re.search(r'at epoch (\d\d|[3-9])', curve_words(window)), 'the third epoch')
    window.key('ctrl+period')
    wait(lambda: window.has('push button', 'Train').sensitive, 'the run to stop')
    window.find('label', lambda name: name.startswith('Stopped after'))
    step('stop keeps the network')

    # Draw.
    drawn = draw_seven(window)
    print(f'# a seven was drawn, the answer is {drawn}')
    assert drawn == '7', drawn
    step('a drawn seven is answered')

    # Save.
    window.key('ctrl+shift+s')
    window.choose(saved)
    wait(lambda: os.path.exists(saved), 'the file')
    wait(lambda: window.has('frame').name.startswith('seven'), 'the title of the file')
    step('the network is saved')
    window.key('ctrl+q')
    assert window.process.wait(10 * PATIENCE) == 0
    step('the program ends, with no question and no thread left')

    # Reopen.
    window = Window(program, saved)
    window.resize(1250, 950)
    wait(lambda: window.has('frame').name.startswith('seven'), 'the file to open')
    window.find('list item', 'Hidden layer 2')
    assert draw_seven(window) == drawn
    step('the file gives the same answer')

    # Close with something unsaved.
    window.find('push button', 'Add Layer').click()
    window.find('list item', 'Hidden layer 3')
    window.key('ctrl+w')
    window.find('push button', lambda name: 'Discard' in name).click()
    assert window.process.wait(10 * PATIENCE) == 0
    step('closing asks, and ends cleanly')

    shutil.rmtree(work)
    print(f'1..{step.n}')


if __name__ == '__main__':
    main(*sys.argv[1:])
