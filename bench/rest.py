# rest.py: how long everything takes that is not training.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import shutil
import subprocess
import sys
from statistics import median

BENCH = pathlib.Path(__file__).resolve().parent

GOALS = {
    'Load MNIST, IDX gz': 0.5,
    'Load mnist.pkl.gz': 2.0,
    # A frame of a screen that shows 60 a second
    'Draw two curves of 1000 epochs': 0.016,
    'Draw two curves of 10000 epochs': 0.016,
    'Start to first window': 1.0,
}


def environment(build, root):
    """As ./dev run sets it: the program finds its settings, texts and icons in the build."""
    return dict(os.environ, GSETTINGS_SCHEMA_DIR=str(build / 'data'), PERZEPTRON_LOCALE_DIR=str(build / 'po'),
                XDG_DATA_DIRS=f"{root / 'data'}:{os.environ.get('XDG_DATA_DIRS', '/usr/local/share:/usr/share')}",
                GSETTINGS_BACKEND='memory', GSK_RENDERER='cairo', GDK_DEBUG='gl-disable', ADW_DISABLE_PORTAL='1', GTK_A11Y='none')


def first_window(build, root):
    """Seconds from the program's start to its window on a private display, or None."""
    program = build / 'src' / 'app' / 'perzeptron'
    if not program.exists() or not all(map(shutil.which, ('Xvfb', 'xdotool', 'dbus-run-session'))):
        return None
    done = subprocess.run([root / 'tests' / 'with-display.sh', sys.executable, BENCH / 'first_window.py', program],
                          env=environment(build, root), capture_output=True, text=True, timeout=120)
    times = [float(word) for word in done.stdout.split()]
    if not times:
        print(done.stderr, file=sys.stderr)
        return None
    return median(times)


def run(build, mnist, root):
    entries = []
    window = first_window(build, root)
    if window:
        entries.append({'what': 'Start to first window', 'seconds': round(window, 4), 'goal': GOALS['Start to first window']})
    done = subprocess.run([build / 'bench' / 'bench-rest', *([mnist] if mnist else [])],
                          stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        what, seconds = line.split('\t')
        entries.append({'what': what, 'seconds': float(f'{float(seconds):.4g}')})
        if what in GOALS:
            entries[-1]['goal'] = GOALS[what]
    return entries
