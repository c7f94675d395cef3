#!/usr/bin/python3
# test-signals.py PROGRAM CLI: the window is told to end (SIGTERM), as at the end of a session. It ends at once
# where nothing is unsaved; else it asks as at closing (test-window), and where nobody answers the
# work is kept, and offered at the next start.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import glob
import json
import os
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Window, wait

CHECKPOINTS = os.path.join(os.environ['XDG_DATA_HOME'], 'perzeptron', 'checkpoints')


def step(title):
    step.n += 1
    print(f'ok {step.n} - {title}', flush=True)


step.n = 0


def find_checkpoints():
    return glob.glob(os.path.join(CHECKPOINTS, '*'))


def read_info(cli, path):
    return json.loads(subprocess.run([cli, 'info', '--json', path], check=True, capture_output=True, text=True).stdout)


def terminate(window):
    window.process.send_signal(signal.SIGTERM)


def ended(window):
    return wait(lambda: window.process.poll() is not None, 'the program to end', 30) and window.process.returncode


def find_answer(window, name):
    """A button of a dialog; libadwaita names it twice, with its mnemonic and without."""
    return window.find('push button', lambda found: found.endswith(name))


def make_long_run(cli, path):
    """A recipe of more epochs than anybody waits for, interrupted after some."""
    process = subprocess.Popen([cli, 'train', 'builtin:digits', '--limit=500', '--hidden=8', '--epochs=1000000',
                                '--out=' + path], stdout=subprocess.PIPE, text=True)
    while not process.stdout.readline().startswith('epoch   3/'):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 0


def open_window(program, path):
    window = Window(program, path)
    name = os.path.basename(path).removesuffix('.perz')
    wait(lambda: window.has('frame').name.startswith(name), 'the file to open')
    wait(lambda: window.has('push button', 'Train').sensitive, 'its data')
    return window


def main(program, cli):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'long.perz')
        make_long_run(cli, path)
        saved = open(path, 'rb').read()
        n_saved = len(read_info(cli, path)['epochs'])

        window = open_window(program, path)
        terminate(window)
        assert ended(window) == 0
        assert open(path, 'rb').read() == saved and not find_checkpoints()
        step('nothing unsaved: it ends')

        # A run, and nobody answers what the window asks.
        window = open_window(program, path)
        window.find('push button', 'Continue').click()
        window.find('push button', 'Pause')
        terminate(window)
        assert ended(window) == 0
        assert open(path, 'rb').read() == saved
        kept = next(name for name in find_checkpoints() if name.endswith('.perz'))
        n_kept = len(read_info(cli, kept)['epochs'])
        assert n_kept >= n_saved, (n_kept, n_saved)
        subprocess.run([cli, 'train', '--continue', kept, f'--epochs={n_kept + 1}', '--out=' + path + '.on'],
                       check=True, stdout=subprocess.DEVNULL)
        step('a run: it ends, and the run is kept')

        window = Window(program)
        find_answer(window, 'Recover').click()
        wait(lambda: window.has('frame').name.startswith('•'), 'the work')
        window.find('push button', 'Continue')
        step('the next start offers it')

        # Who says it twice does not wait.
        terminate(window)
        terminate(window)
        assert ended(window) in (0, -signal.SIGTERM)
        assert len(read_info(cli, kept)['epochs']) == n_kept
        step('a second signal: what was recovered is still kept')

        window = Window(program)
        find_answer(window, 'Discard').click()
        wait(lambda: not find_checkpoints(), 'it to be removed')
        terminate(window)
        assert ended(window) == 0
        step('discarded: nothing is left')
        print(f'1..{step.n}')


if __name__ == '__main__':
    main(*sys.argv[1:])
