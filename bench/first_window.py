# first_window.py PROGRAM: how long it takes until its window is there, in seconds, some times over.
#
# Run on a display of its own, by tests/with-display.sh. The first start, which reads the disk, does not count.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import subprocess
import sys
import time

STARTS = 6
PATIENCE = 20


def visible():
    """Whether a window of the program is on the display."""
    done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'perzeptron'], capture_output=True, text=True)
    return bool(done.stdout.split())


for start in range(STARTS):
    begin = time.monotonic()
    process = subprocess.Popen([sys.argv[1]], stdout=subprocess.DEVNULL)
    while not visible() and time.monotonic() < begin + PATIENCE and process.poll() is None:
        pass
    seconds = time.monotonic() - begin
    seen = process.poll() is None and seconds < PATIENCE
    process.terminate()
    process.wait()
    if not seen:
        sys.exit('There was no window')
    if start:
        print(seconds, flush=True)
    while visible():
        pass
