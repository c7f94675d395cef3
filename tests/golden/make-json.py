#!/usr/bin/env python3
# make-json.py >json.txt    what is JSON and what is none, as Python's json module reads it
#
# One case a line: the bytes of the text, those that are no printable ASCII and the
# backslash as \ooo; a tab; the tree that Python made of it, or "-" where it is no JSON.
# Python is stricter or more lenient in a few places; what RFC 8259 leaves to the reader
# is asked of it here as src/io/io-json-check.h states it.
#
# Trees: i and decimal digits, d and the bits of a double in hexadecimal, s and the UTF-8 bytes
# in hexadecimal, t, f, n; [ … ] and { name: … } with commas.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import math
import random
import struct
import sys

MAX_DEPTH = 16
MAX_MEMBERS = 1024

# By hand: one idea a line.
TEXTS = rb"""
{}
[]
null
true
false
0
-0
12
-12
01
-01
+1
-
--1
1.
.5
1.5
-1.5e+3
1e5
1E5
1e-5
1E+05
0e0
0.0
-0.0
1e
1e+
1.e1
1.5.5
0x10
017
0b1
1_000
1e400
-1e400
1e-400
4.9e-324
1.7976931348623157e308
0.1
0.3333333333333333
9223372036854775807
-9223372036854775807
9223372036854775808
18446744073709551615
18446744073709551616
-9223372036854775809
123456789012345678901234567890
NaN
nan
Infinity
-Infinity
inf
undefined
True
TRUE
nul
nulll
tru
truefalse
null null
1 2
{}{}
[][]
{},
,{}
[1]]
{"a":1}}
"a"
"a
a"
'a'
"a''b"
""
"\""
"\\"
"\/"
"\b\f\n\r\t"
"\a"
"\v"
"\0"
"\1"
"\x41"
"\'"
"\
"\u0041"
"\u00e9\u20ac"
"\u00E9\u20AC"
"\u1"
"\u12"
"\u123"
"\u123g"
"\u 123"
"\u+123"
"\U0041"
"\u0000"
"a\u0000b"
"\u0001"
"\u001f"
"\u007f"
"\ud83d\ude00"
"\uD83D\uDE00"
"\ud83d"
"\ude00"
"\ude00\ud83d"
"\ud83d\ud83d"
"\ud83d\ud83d\ude00"
"\ud83dx"
"\ud83d\n"
"\ud83d\u0041"
"\ud800\udc00"
"\udbff\udfff"
"\uffff"
"\ufffe\ufdd0"
"\ufeff"
"\\u0041"
"\\\\\\\u0041"
"/tmgram88889\\\\\\\777776i"
[1,]
[,1]
[,]
[1,,2]
[1 2]
[1;2]
[1:2]
[1
[1,
[
]
[[]
[[],[[]],{}]
(1)
{"a":1}
{"a":1,}
{,"a":1}
{"a":1,,"b":2}
{"a":1 "b":2}
{"a" 1}
{"a"=1}
{"a":}
{"a"}
{"a","b"}
{:1}
{1:1}
{a:1}
{'a':1}
{null:1}
{"a":1
{"a":
{"a"
{"a
{
}
{]
[}
{"a":[}
{"a":[1}]
[{"a":1]}
{"a":1,"b":{"a":2,"b":{"a":3}}}
{"a":1,"a":2}
{"a":1,"b":2,"a":1}
{"a":1,"\u0061":2}
{"\u00e9":1,"\u00E9":2}
{"\ud83d\ude00":1,"\uD83D\uDE00":2}
{"/":1,"\/":2}
{"\n":1,"\u000a":2}
{"":1,"":2}
{"a":1,"b":{"x":1,"x":2}}
{"a":{"x":1},"b":{"x":1}}
[{"a":1},{"a":1}]
{"a":1,"A":2}
{"a":1,"aa":2,"aaa":3,"":4}
{"a":1,"a ":2}
{"a\u0000":1}
// comment
/* comment */ 1
1 // comment
1 /* comment */
{/*"*/"a":1}
{"a":/**/1}
# comment
1 # comment
[1, # comment
"a" "b"
"a"+"b"
{"source":"builtin:digits","split":{"limit":500,"shuffle":true},"hidden":[{"width":30,"activation":"relu"}],"l2":1e-4}
{"__metadata__":{"format":"perzeptron","version":"1","recipe":"{\"source\":\"x\"}"},"layers.1.bias":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}
""".strip(b"\n").split(b"\n")

# Those with bytes that a line cannot have, or with many.
OTHERS = [
    b"", b" ", b"\t\n\r ", b"\n", b" 1 ", b"\t[\n1\r,\t2 ]\n", b"\x0b1", b"\x0c1", b"1\x0c", b"\xa01", b"\xc2\xa01",
    b"\xef\xbb\xbf1", b"1\xef\xbb\xbf", b"\xff\xfe1\x00"[:3], b"\xe2\x80\xa81", b"\x1e1",
    b'"\t"', b'"\n"', b'"\r"', b'"\x1f"', b'"\x01"', b'"\x7f"', b'["a\nb"]',
    '"é€😀"'.encode(), '{"é":1,"\\u00e9":2}'.encode(), '{"😀":1,"\\ud83d\\ude00":2}'.encode(),
    '{"é":1,"e\u0301":2}'.encode(), '"\ufeff\ufffd"'.encode(), '“a”'.encode(), '["１"]'.encode(), '[１]'.encode(),
    b'"\xff"', b'"\xc3"', b'"\xc3', b'"\xc0\xaf"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe2\x82"', b'"\x80"',
    b'"\xf0\x9f\x98\x80"', b'"\\\xc3\xa9"', b'{"\xff":1}', b"[1]\xff", b"\xff",
    b"[" * 16 + b"]" * 16, b"[" * 17 + b"]" * 17, b"[" * 16 + b"1" + b"]" * 16, b"[" * 15 + b"{}" + b"]" * 15,
    b"[" * 16 + b"{}" + b"]" * 16, b'{"a":' * 16 + b"1" + b"}" * 16, b'{"a":' * 17 + b"1" + b"}" * 17,
    b"[" * 500, b'{"a":' * 500, b'["' + b"[" * 100 + b'"]', b'["\\"' + b"[" * 100 + b'"]',
    b"[" + b"[]," * 40 + b"[]]", b"[" + b"1," * 40 + b"1]", b'{/*"*/"a":' + b"[" * 100,
    b"{" + b",".join(b'"%d":1' % i for i in range(1024)) + b"}",
    b"{" + b",".join(b'"%d":1' % i for i in range(1025)) + b"}",
    b"{" + b",".join(b'"%d":1' % (i % 40) for i in range(41)) + b"}",
    b"1" * 400, b"0." + b"3" * 400, b"1e" + b"0" * 200 + b"5",
]


class Refused(ValueError):
    pass


def refuse(*_):
    raise Refused


def to_int(digits):
    number = int(digits)
    if not -(2 ** 63) < number < 2 ** 63:
        raise Refused
    return number


def to_float(digits):
    number = float(digits)
    if math.isinf(number):
        raise Refused
    return number


def to_object(pairs):
    if len({name for name, _ in pairs}) < len(pairs) or len(pairs) > MAX_MEMBERS:
        raise Refused
    return dict(pairs)


def to_hex(string):
    if "\0" in string:
        raise Refused
    return string.encode("utf-8").hex()     # UnicodeEncodeError: half a surrogate pair


def dump(value, depth=0):
    if isinstance(value, (dict, list)) and depth == MAX_DEPTH:
        raise Refused
    if value is None:
        return "n"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return f"i{value}"
    if isinstance(value, float):
        return "d" + struct.pack(">d", value).hex()
    if isinstance(value, str):
        return "s" + to_hex(value)
    if isinstance(value, list):
        return "[" + ",".join(dump(item, depth + 1) for item in value) + "]"
    return "{" + ",".join(to_hex(name) + ":" + dump(item, depth + 1) for name, item in value.items()) + "}"


def read(text):
    try:
        return dump(json.loads(text.decode("utf-8"), parse_int=to_int, parse_float=to_float,
                               parse_constant=refuse, object_pairs_hook=to_object))
    except (ValueError, RecursionError):
        return "-"


def escape(text):
    return "".join(chr(c) if 0x20 <= c < 0x7f and c != 0x5c else f"\\{c:03o}" for c in text)


def mutate(text, rng):
    """One byte changed, put in, taken out or doubled, or the end cut off."""
    pieces = b'{}[]",:\\/\'0123456789eE+-.ntfu*#\n \xc3\xff\xed'
    at = rng.randrange(len(text))
    new = bytes([rng.choice(pieces)])
    return rng.choice([text[:at] + new + text[at + 1:], text[:at] + new + text[at:], text[:at] + text[at + 1:],
                       text[:at] + text[at:at + 3] + text[at:], text[:at]])


def main():
    rng = random.Random(8259)
    cases = TEXTS + OTHERS
    seeds = [text for text in cases if 6 <= len(text) <= 80]
    cases = cases + [mutate(rng.choice(seeds), rng) for _ in range(1500)]

    for text in dict.fromkeys(cases):
        sys.stdout.write(f"{escape(text)}\t{read(text)}\n")


main()
