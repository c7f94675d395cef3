#!/usr/bin/env python3
# make-corpus.py: writes corpus/TARGET: small inputs of each form, for fuzzing to begin with.
#
# Pictures are written by GdkPixbuf, so /usr/bin/python3 with python3-gi.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import bz2
import gzip
import io
import json
import lzma
import os
import struct
import tarfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, '..', 'golden')

XYZ = ('5\n'
       'gdb 1\t157.7118\t157.70997\t157.70699\t0.\t13.21\t-0.3877\t0.1171\t0.5048\t35.3641\t0.044749\t-40.47893\t-40.476062\t-40.475117\t-40.498597\t6.469\n'
       'C\t-0.0126981359\t1.0858041578\t0.0080009958\t-0.535689\n'
       'H\t0.002150416\t-0.0060313176\t0.0019761204\t0.133921\n'
       'H\t1.0117308433\t1.4637511618\t0.0002765748\t0.133922\n'
       'H\t-0.540815069\t1.4475266138\t-0.8766437152\t0.133923\n'
       'H\t-0.5238136345\t1.4379326443\t0.9063972942\t1.*^-6\n'
       '1341.307\t1341.3284\t1341.365\n'
       'C\tC\n'
       'InChI=1S/CH4/h1H4\tInChI=1S/CH4/h1H4\n')
PLAIN = '3\nwater\nO 0 0 0.119\nH 0 0.763 -0.477\nH 0 -0.763 -0.477\n'
CSV = 'mol_id,smiles,A,B,C,mu,alpha,homo,lumo,gap,r2,zpve,u0,u298,h298,g298,cv\n' \
      'gdb_1,C,157.7,157.7,157.7,0.0,13.2,-0.38,0.11,0.50,35.3,0.04,-40.4,-40.4,-40.4,-40.4,6.4\n' \
      'gdb_2,"N",293.6,293.5,191.3,1.6,9.46,-0.25,0.08,0.33,26.1,0.03,-56.5,-56.5,-56.5,-56.5,6.3\n'
SDF = ('gdb_1\n     made\n\n  2  1  0  0  0  0  0  0  0  0999 V2000\n'
       '   -0.0127    1.0858    0.0080 C   0  0  0  0  0\n'
       '    0.0022   -0.0060    1.0020 O   0  0  0  0  0\n'
       '  1  2  1  0  0  0  0\nM  END\n$$$$\n')
IMAGES = struct.pack('>IIII', 0x803, 2, 3, 3) + bytes(range(0, 252, 14))
LABELS = struct.pack('>II', 0x801, 2) + bytes([3, 7])
DRAWINGS = struct.pack('>IIII', 0x803, 1, 28, 28) + bytes((x * y) % 256 for y in range(28) for x in range(28))


def text(word):
    return bytes([len(word)]) + word.encode()


def tar(mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w:' + mode) as archive:
        info = tarfile.TarInfo('dsgdb9nsd_000001.xyz')
        info.size = len(XYZ)
        archive.addfile(info, io.BytesIO(XYZ.encode()))
    return out.getvalue()


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo('a/b.xyz'), PLAIN)
    return out.getvalue()


def pictures():
    import gi
    gi.require_version('GdkPixbuf', '2.0')
    from gi.repository import GdkPixbuf, GLib
    pixels = bytes(255 if (x - 6) ** 2 + (y - 6) ** 2 > 20 else 0 for y in range(12) for x in range(12) for _ in 'rgb')
    pixbuf = GdkPixbuf.Pixbuf.new_from_bytes(GLib.Bytes.new(pixels), GdkPixbuf.Colorspace.RGB, False, 8, 12, 12, 36)
    for kind in 'png', 'jpeg':
        yield kind, bytes(pixbuf.save_to_bufferv(kind, [], [])[1])
    yield 'svg', (b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><defs><linearGradient id="a"/></defs>'
                  b'<g transform="scale(2)"><path d="M2 2L8 8" stroke="url(#a)"/><circle r="3" cx="5" cy="5"/></g></svg>')


def perz_parts():
    """The JSON in the golden file's header."""
    with open(os.path.join(GOLDEN, 'version-1.perz'), 'rb') as file:
        length, = struct.unpack('<Q', file.read(8))
        header = file.read(length)
    yield 'header', header
    for name, value in json.loads(header)['__metadata__'].items():
        if value.startswith('{'):
            yield name, value.encode()


def ring(width, height):
    return bytes(255 if 40 < (x - width / 2) ** 2 + (y - height / 2) ** 2 < 90 else 0
                 for y in range(height) for x in range(width))


def main():
    seeds = {
        'archive': {'tar': tar(''), 'tar.gz': tar('gz'), 'tar.bz2': tar('bz2'), 'zip': zipped(), 'xyz': XYZ.encode()},
        'container': {'small': text('a key') + text('a payload') + b'\1\xff\xff\5\0\7', 'whole': text('k') + text('abc') + b'\0\xff\xff'},
        'drawings': {'pair': bytes([0b11100]) + struct.pack('<H', len(DRAWINGS)) + DRAWINGS
                     + struct.pack('<H', len(LABELS) - 1) + struct.pack('>II', 0x801, 1) + b'\3',
                     'decided': bytes([0b01011]) + struct.pack('<H', len(DRAWINGS)) + DRAWINGS
                     + struct.pack('<H', 9) + struct.pack('>II', 0x801, 1) + b'\3'},
        'features': {'methane': bytes([4]) + b''.join(bytes([1 if i == 0 else 0]) + struct.pack('<3h', *at) for i, at in enumerate(
            [(-13, 1086, 8), (2, -6, 2), (1012, 1464, 0), (-541, 1448, -877), (-524, 1438, 906)])),
            'floats': bytes([129]) + b''.join(bytes([i]) + struct.pack('<3f', i * 1.2, 0.3, 0) for i in range(2))},
        'find': {'mnist': b''.join(bytes([kind]) + text(name) for kind, name in [
            (1, 'train-images-idx3-ubyte'), (2, 'train-labels-idx1-ubyte'), (1, 't10k-images.idx3-ubyte'), (2, 't10k-labels.idx1-ubyte')]),
            'emnist': b''.join(bytes([kind]) + text(name) for kind, name in [
                (5, 'emnist-digits-train-images-idx3-ubyte.gz'), (5, 'emnist-digits-train-labels-idx1-ubyte.gz'), (7, 'a folder')]),
            'molecules': bytes([4]) + text('a.xyz') + bytes([6]) + text('gdb9.sdf.csv') + bytes([3]) + text('mnist.pkl.gz')},
        'idx': {'pair': struct.pack('<H', len(IMAGES)) + IMAGES + LABELS, 'gzip': struct.pack('<H', len(gzip.compress(IMAGES, mtime=0)))
                + gzip.compress(IMAGES, mtime=0) + gzip.compress(LABELS, mtime=0)},
        'ink': {'ring': bytes([27, 27, 0, 0, 0, 1]) + ring(28, 28), 'grey': bytes([27, 39, 1, 5, 9, 0]) + ring(29, 40)},
        'json': dict(perz_parts()) | {'other': b'[-0.5e+3, "\\ud83d\\ude00\\n", {"a": [true, false, null]}, 18446744073709551615]'},
        'lines': {'csv': CSV.encode(), 'gz': gzip.compress(CSV.encode(), mtime=0), 'bz2': bz2.compress(CSV.encode()),
                  'xz': lzma.compress(CSV.encode()), 'semicolon': CSV.replace(',', ';').replace('.', ',').encode(),
                  'utf-16': CSV.encode('utf-16'), 'quotes': b'a,b\r\n"x ""y""\nz",2\r\n'},
        'open': {'xyz': bytes([9]) + PLAIN.encode(), 'csv': bytes([5]) + CSV.encode(), 'sdf': bytes([7]) + SDF.encode(),
                 'tar': bytes([10]) + tar('bz2'), 'zip': bytes([11]) + zipped(), 'images': bytes([1]) + IMAGES},
        'options': {'mnist': b'--preset\nmnist-adam\n--hidden=30:sigmoid,20\n--epochs\n3\n--seed=7\n--validation=0.1',
                    'molecules': b'--target\ngap,mu\n--features=hdad\n--unit\neV\n--schedule=step:10:0.5\n--linear-path\n--test-size=0.2',
                    'augment': b'--augment=affine\n--output=softmax\n--loss=cross-entropy\n--optimizer=adamw\n--weight-decay=0.01\nx.perz'},
        'picture': dict(pictures()),
        'table': {'csv': struct.pack('<H', 0) + CSV.encode(), 'sdf': struct.pack('<H', len(SDF)) + SDF.encode() + CSV.encode()},
        'words': {'numbers': b'-1 0. .5 2e-6 2.1997*^-6 12345 nan\r\n\t"quoted" 007\n', 'smiles': b'C1CC(=O)[NH3+]c1ccc2[nH]ccc2c1.F',
                  'layers': b'30:sigmoid,20:relu,5', 'targets': b'gap,mu,homo'},
        'xyz': {'qm9': XYZ.encode(), 'plain': PLAIN.encode()},
    }
    for target, files in seeds.items():
        folder = os.path.join(HERE, 'corpus', target)
        os.makedirs(folder, exist_ok=True)
        for name, content in files.items():
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(content)


if __name__ == '__main__':
    main()
