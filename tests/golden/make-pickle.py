#!/usr/bin/env python3
# make-pickle.py: small pickles, right and wrong, for tests/datasets/mnist/test-pickle.c.
#
# small.pkl is made of the very instructions that Python 2's pickle and NumPy
# wrote into mnist.pkl.gz, in their order, memo entries included; only the
# sizes differ. The others are what else goes by that name. Writes into
# pickle/ beside this file; needs NumPy for those of Python 3.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pickle
import struct

import numpy

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pickle")

SIDE = 4
PARTS = (20, 10, 10)          # train, validation, test


def pixel(i, k):
    return (37 * i + 11 * k * k) % 256


def label(i):
    return (7 * i + 3) % 10


def integer(n):
    if 0 <= n < 256:
        return b"K" + bytes([n])
    if 0 <= n < 65536:
        return b"M" + struct.pack("<H", n)
    return b"J" + struct.pack("<i", n)


class Writer:
    def __init__(self):
        self.out = b"\x80\x02"
        self.memo = 0
        self.known = {}

    def put(self, key=None):
        self.memo += 1
        if key is not None:
            self.known[key] = self.memo
        return b"q" + bytes([self.memo])

    def name(self, module, name):
        key = (module, name)
        if key in self.known:
            return b"h" + bytes([self.known[key]])
        return b"c" + module + b"\n" + name + b"\n" + self.put(key)

    def dtype(self, code, order=b"<"):
        key = ("dtype", code)
        if key in self.known:
            return b"h" + bytes([self.known[key]])
        out = self.name(b"numpy", b"dtype")
        out += b"U" + bytes([len(code)]) + code + b"K\x00K\x01\x87R" + self.put(key)
        out += b"(K\x03U" + bytes([len(order)]) + order + b"NNN"
        out += b"J\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
        return out

    def array(self, shape, code, data, order=b"<"):
        out = self.name(b"numpy.core.multiarray", b"_reconstruct")
        out += self.name(b"numpy", b"ndarray")
        out += b"K\x00\x85U\x01b\x87R" + self.put()
        out += b"(K\x01" + b"".join(integer(n) for n in shape)
        out += {1: b"\x85", 2: b"\x86"}.get(len(shape), b"\x87")
        out += self.dtype(code, order) + b"\x89"
        out += b"T" + struct.pack("<I", len(data)) + data + b"tb"
        return out


def write(name, data):
    with open(os.path.join(here, name), "wb") as file:
        file.write(data)


def make(parts=PARTS, side=SIDE, x_code=b"f4", order=b"<", pixel_of=lambda v: v / 256, label_of=lambda v: v, lie=0):
    w = Writer()
    out = w.out
    start = 0
    for n in parts:
        sign = order.decode()
        x = b"".join(struct.pack(sign + {b"f4": "f", b"f8": "d"}[x_code], pixel_of(pixel(start + i, k)))
                     for i in range(n) for k in range(side * side))
        y = b"".join(struct.pack(sign + "q", label_of(label(start + i))) for i in range(n))
        out += w.array((n + lie, side * side), x_code, x, order)
        out += w.array((n,), b"i8", y, order)
        out += b"\x86" + w.put()
        start += n
    # One part is made into three by recalling it.
    out += {1: b"h" + bytes([w.memo]) + b"h" + bytes([w.memo]) + b"\x87", 2: b"\x86", 3: b"\x87"}[len(parts)]
    return out + b"."


def make_keras():
    w = Writer()
    out = w.out
    for n in (20, 10):
        out += w.array((n, SIDE, SIDE), b"u1", bytes(n * SIDE * SIDE), b"|")
        out += w.array((n,), b"u1", bytes(n), b"|")
        out += b"\x86" + w.put()
    return out + b"\x86" + w.put() + b"."


write("small.pkl", make())
write("wide.pkl", make(parts=(1, 1, 1), side=18, label_of=lambda v: 1))
write("repeated.pkl", make(parts=(20,)))
write("two-parts.pkl", make(parts=(20, 10)))
write("big-endian.pkl", make(order=b">"))
write("double.pkl", make(x_code=b"f8"))
write("by-255.pkl", make(pixel_of=lambda v: v / 255))
write("label-300.pkl", make(label_of=lambda v: 300 if v == 9 else v))
write("label-77.pkl", make(label_of=lambda v: 77 if v == 9 else v))
write("wrong-shape.pkl", make(lie=1))
write("keras.pkl", make_keras())

value = tuple((numpy.zeros((n, SIDE * SIDE), "<f4"), numpy.zeros(n, "<i8")) for n in PARTS)
for protocol in (2, 3, 4, 5):
    write("python3-%d.pkl" % protocol, pickle.dumps(value, protocol=protocol))
