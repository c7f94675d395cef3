#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program (kill -9) at random moments while it writes files, and counts what is lost.

    bench/kill.py [--moments N] [--seed N] [JOB…]

JOB is save, drawings, cache, download or checkpoint; all without one. At each moment a process that writes
is killed, and another one starts: *lost* is what it does not find though it was said to be safe, or
finds damaged; *left behind* is what lies in the folder after it that does not belong there.
"""

import argparse
import hashlib
import http.server
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / '_build'
WORKER = BUILD / 'bench' / 'kill-worker'
CLI = BUILD / 'src' / 'cli' / 'perzeptron-cli'


class Lost(Exception):
    pass


def run_and_kill(command, seconds, environment=None):
    """Returns the last number that was safe."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    numbers = []
    reader = threading.Thread(target=lambda: numbers.extend(process.stdout))
    reader.start()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    reader.join()
    whole = [line for line in numbers if line.endswith('\n')]
    return int(whole[-1]) if whole else 0


def check(command, environment=None):
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    if done.returncode != 0:
        raise Lost(done.stderr.strip())
    return done.stdout


class Numbered:
    """Each thing that is written has the number after the last one's."""

    def __init__(self, job, keeps):
        self.job, self.keeps = job, keeps

    def start(self, folder):
        pass

    def moment(self, folder, chance):
        target = folder / 'place'
        target.mkdir(exist_ok=True)
        safe = run_and_kill([WORKER, self.job, target], chance.uniform(0.01, 0.4))
        found = int(check([WORKER, '--check', self.job, target]))
        if found < safe:
            raise Lost(f'{self.job}: {safe} was safe, {found} was found')
        return [path.name for path in target.iterdir() if not re.fullmatch(self.keeps, path.name)]

    def stop(self):
        pass


class SlowHandler(http.server.BaseHTTPRequestHandler):
    """Files of a folder, in parts too, at a speed that leaves time to kill."""

    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        path = self.server.folder / self.path.lstrip('/')
        data = path.read_bytes()
        start = int((re.match(r'bytes=(\d+)-', self.headers.get('Range', '')) or [0, 0])[1])
        self.send_response(206 if start else 200)
        if start:
            self.send_header('Content-Range', f'bytes {start}-{len(data) - 1}/{len(data)}')
        self.send_header('Content-Length', str(len(data) - start))
        self.end_headers()
        try:
            for at in range(start, len(data), 1 << 18):
                self.wfile.write(data[at:at + (1 << 18)])
                time.sleep(0.01)
        except OSError:
            self.close_connection = True

    def log_message(self, *arguments):
        pass


class SlowServer(http.server.ThreadingHTTPServer):
    def handle_error(self, request, address):
        """A client that was killed."""


class Download:
    def start(self, folder):
        data = pathlib.Path(os.environ.get('PERZEPTRON_TEST_DATA', ROOT.parent / 'shared' / 'data'))
        if not (data / 'mnist').is_dir():
            sys.exit('download: PERZEPTRON_TEST_DATA is to name the folder above mnist/')
        self.data = data
        self.server = SlowServer(('127.0.0.1', 0), SlowHandler)
        self.server.folder = data
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.environment = dict(os.environ, XDG_DATA_HOME=str(folder),
                                PERZEPTRON_MIRROR=f'http://127.0.0.1:{self.server.server_port}/')

    def moment(self, folder, chance):
        target = folder / 'perzeptron' / 'mnist'
        if chance.random() < 0.3:
            shutil.rmtree(target, ignore_errors=True)
        run_and_kill([WORKER, 'download', folder], chance.uniform(0.01, 0.9), self.environment)
        check([WORKER, 'download', folder], self.environment)
        for path in target.glob('*.gz'):
            published = self.data / 'mnist' / path.name
            if hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(published.read_bytes()).digest():
                raise Lost(f'download: {path.name} is damaged')
        if len(list(target.glob('*.gz'))) != 4:
            raise Lost('download: a file is missing')
        left = [path.name for path in target.iterdir() if path.suffix != '.gz']
        next(iter(sorted(target.glob('*.gz'), key=lambda p: chance.random()))).unlink()
        return left

    def stop(self):
        self.server.shutdown()


class Checkpoint:
    """A run that is killed again and again, each time goes on from its checkpoint, and ends with the file that it
    would have had without."""

    EPOCHS = 40
    recipe = ['builtin:digits', '--limit', '500', '--validation', '100', '--hidden', '500', '--threads', '1',
              '--epochs', str(EPOCHS)]
    kept = 'net.checkpoint.perz'

    def start(self, folder):
        self.environment = dict(os.environ, XDG_DATA_HOME=str(folder / 'data'), XDG_CACHE_HOME=str(folder / 'cache'))
        self.target = folder / 'run'
        self.target.mkdir()
        self.reached = 0
        check([CLI, 'train', *self.recipe, '--out', folder / 'whole.perz'], self.environment)
        self.whole = (folder / 'whole.perz').read_bytes()

    def command(self):
        """The run from its beginning, or from where it is."""
        go_on = ['--continue', self.kept] if (self.target / self.kept).exists() else []
        return [CLI, 'train', *self.recipe, *go_on, '--checkpoint', '1', '--out', 'net.perz']

    def moment(self, folder, chance):
        process = subprocess.Popen(self.command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   env=self.environment, cwd=self.target)
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(process.stdout))
        reader.start()
        try:
            process.wait(chance.uniform(0.05, 1.5))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        reader.join()
        told = [int(match[1]) for match in (re.match(r'epoch +(\d+)/', line) for line in lines) if match]

        # An epoch is told, and then kept.
        safe = max([self.reached, *(epoch - 1 for epoch in told)])
        if not (self.target / self.kept).exists():
            found = self.EPOCHS if (self.target / 'net.perz').exists() else 0
        else:
            info = json.loads(check([CLI, 'info', '--json', self.target / self.kept], self.environment))
            found = info['epochs'][-1]['epoch']
        if found < safe:
            self.begin_anew()
            raise Lost(f'checkpoint: epoch {safe} was safe, {found} was found')
        self.reached = found

        # The next start, from a copy of all that was left, to the end.
        copy = folder / 'copy'
        shutil.copytree(self.target, copy)
        try:
            if (copy / self.kept).exists() or not (copy / 'net.perz').exists():
                done = subprocess.run(self.command(), capture_output=True, text=True, env=self.environment, cwd=copy)
                if done.returncode != 0:
                    raise Lost(done.stderr.strip())
            if (copy / 'net.perz').read_bytes() != self.whole:
                raise Lost(f'checkpoint: continued from epoch {found}, it ends otherwise')
            left = [path.name for path in copy.iterdir() if path.name != 'net.perz']
        finally:
            shutil.rmtree(copy)
        if (self.target / 'net.perz').exists():
            self.begin_anew()
        return left

    def begin_anew(self):
        self.reached = 0
        for path in self.target.iterdir():
            path.unlink()

    def stop(self):
        pass


JOBS = {
    'save': Numbered('save', r'net\.perz'),
    'drawings': Numbered('drawings', r'train-(images-idx3|labels-idx1)-ubyte|\.perzeptron\.lock'),
    'cache': Numbered('cache', r'group\.[0-9a-f]{16}\.cache'),
    'download': Download(),
    'checkpoint': Checkpoint(),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('jobs', nargs='*', metavar='JOB', help=', '.join(JOBS))
    parser.add_argument('--moments', type=int, default=100, help='how often each is killed')
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    for name in arguments.jobs:
        if name not in JOBS:
            parser.error(f'there is no job “{name}”')

    subprocess.run(['ninja', '-C', BUILD, '--quiet', 'bench/kill-worker', 'src/cli/perzeptron-cli'], check=True)
    print(f'{"job":12} {"killed":>7} {"lost":>5} {"left behind":>12}')
    bad = 0
    for name in arguments.jobs or JOBS:
        chance = random.Random(arguments.seed)
        lost = left = 0
        with tempfile.TemporaryDirectory(prefix='perzeptron-kill-') as text:
            folder = pathlib.Path(text)
            job = JOBS[name]
            job.start(folder)
            for _ in range(arguments.moments):
                try:
                    names = job.moment(folder, chance)
                except Lost as error:
                    print(f'  {error}', file=sys.stderr)
                    lost += 1
                else:
                    left += len(names)
                    for item in names:
                        print(f'  {name}: {item} was left behind', file=sys.stderr)
            job.stop()
        print(f'{name:12} {arguments.moments:7} {lost:5} {left:12}', flush=True)
        bad += lost + left

    return bad > 0


if __name__ == '__main__':
    sys.exit(main())
