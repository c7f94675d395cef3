#!/usr/bin/env python3
# make-perz.py VERSION FILE         write the .perz file of version 1 or 2 that is read forever
# make-perz.py --check FILE         read FILE and compare what is in it with the same values
# make-perz.py --rewrite FILE NEW   write FILE again as other safetensors programs do: tensors by
#                                   type and name, one more metadata entry, other JSON spelling
#
# Written from the description in src/recipe/recipe-file.h, not from the C code,
# with nothing but Python. It writes what the program never does, but other
# safetensors programs do: spaces in the JSON, tensors in the order of their
# names, members that this version does not know.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import hashlib
import json
import struct
import sys

WIDTHS = [4, 3, 2, 2]
ACTIVATIONS = ["sigmoid", "leaky-relu", "softmax"]

RECIPE = {
    "source": "builtin:digits",
    "split": {"validation": 100, "limit": 500, "shuffle": True, "seed": 7},
    "hidden": [
        {"width": 3, "activation": "sigmoid"},
        {"width": 2, "activation": "leaky-relu"},
    ],
    "output": "softmax",
    "training": {
        "loss": "cross-entropy",
        "optimizer": {
            "kind": "nesterov", "momentum": 0.75, "rho": 0.5, "beta1": 0.8,
            "beta2": 0.95, "epsilon": 1e-06, "weight_decay": 0.125,
        },
        "learning_rate": 0.1,
        "schedule": {"kind": "step", "factor": 0.3, "step_epochs": 4, "warmup_epochs": 2},
        "epochs": 12,
        "batch_size": 32,
        "l1": 0.0001,
        "l2": 0.002,
        "dropout": 0.2,
        "max_norm": 3,
        "clip_norm": 1.5,
        "patience": 5,
        "init": "xavier",
        "normal_biases": True,
        "seed": "18446744073709551615",
        "threads": 2,
    },
}
DATA = {
    "name": "Crosses and noughts “×○”",
    "identity": "sha256:0123",
    "inputs": 4,
    "outputs": 2,
    "rows": 2,
    "columns": 2,
    "scale": 0.00390625,
    "class_names": ["×", "○"],
}
SAMPLES = {
    "samples.train": [1, 0x0123456789ABCDEF, 0xFFFFFFFFFFFFFFFF],
    "samples.validation": [0x8000000000000000],
}
HISTORY = {
    "best_epoch": 2,
    "epochs": [
        {"epoch": 1, "train_loss": 0.7, "validation_loss": 0.6, "train_accuracy": 0.5,
         "validation_accuracy": 0.625, "learning_rate": 0.05},
        {"epoch": 2, "train_loss": 0.30000000000000004, "validation_loss": 0.25,
         "train_accuracy": 0.875, "learning_rate": 0.1},
    ],
}


def weight(l, unit, below):
    """The weight of layer l (from 1) into a unit, from a unit below; both from 0."""
    return (-1) ** (unit + below) * (100 * l + 10 * unit + below) / 64


def bias(l, unit):
    return -l - unit / 16


def make_tensors():
    tensors = {}
    for l in range(1, len(WIDTHS)):
        n, m = WIDTHS[l], WIDTHS[l - 1]
        tensors["layers.%d.weight" % l] = ([n, m], [weight(l, i, j) for i in range(n) for j in range(m)])
        tensors["layers.%d.bias" % l] = ([n], [bias(l, i) for i in range(n)])
    return tensors


def checksum_2(metadata, header, data):
    """That of version 2: over names, wherever they lie."""
    digest = hashlib.sha256()
    for name in ["checked"] + metadata["checked"].split(" "):
        digest.update(("%s\n%s\n" % (name, metadata[name])).encode())
    for name in sorted(header, key=lambda name: name.encode()):
        shape = (header[name]["shape"] + [0])[:2]
        begin, end = header[name]["data_offsets"]
        digest.update(("%s %s %d %d\n" % (name, header[name]["dtype"], shape[0], shape[1])).encode())
        digest.update(data[begin:end])
    return digest.hexdigest()


def checksum_1(metadata, tensors):
    digest = hashlib.sha256()
    for name in sorted(metadata, key=lambda name: name.encode()):
        if name != "checksum":
            digest.update(("%s\n%s\n" % (name, metadata[name])).encode())
    digest.update(tensors)
    return digest.hexdigest()


def make(version):
    header = {}
    data = b""
    for name, (shape, values) in sorted(make_tensors().items()):
        begin = len(data)
        data += struct.pack("<%df" % len(values), *values)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(data)]}
    for name, hashes in SAMPLES.items() if version == 2 else []:
        begin = len(data)
        data += struct.pack("<%dQ" % len(hashes), *hashes)
        header[name] = {"dtype": "U8", "shape": [len(hashes), 8], "data_offsets": [begin, len(data)]}

    recipe = dict(RECIPE, invented_later={"by": ["someone", 1, None, {"deep": [[]]}]})
    network = {"inputs": WIDTHS[0],
               "layers": [{"width": n, "activation": a} for n, a in zip(WIDTHS[1:], ACTIVATIONS)]}
    metadata = {
        "comment": "not known to version 1",
        "data": json.dumps(DATA),
        "format": "perzeptron",
        "history": json.dumps(HISTORY),
        "network": json.dumps(network),
        "program": "make-perz.py",
        "recipe": json.dumps(recipe),
        "units": json.dumps({"inputs": "byte × scale", "outputs": "class"}),
        "version": str(version),
    }
    if version == 1:
        metadata["checksum"] = checksum_1(metadata, data)
    else:
        metadata["comment"] = "not covered by the checksum"
        metadata["data"] = json.dumps(dict(DATA, seen={"train": 3, "validation": 1, "complete": True}))
        metadata["trained"] = json.dumps(dict(RECIPE, split={"validation": 100, "limit": 500, "shuffle": True, "seed": 6}))
        metadata["checked"] = " ".join(sorted(name for name in metadata if name != "comment"))
        metadata["checksum"] = checksum_2(metadata, header, data)
    header["__metadata__"] = metadata
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def expect(what, found, expected):
    if isinstance(expected, dict):
        assert isinstance(found, dict) and set(found) == set(expected), \
            "%s has %s, expected %s" % (what, sorted(found), sorted(expected))
        for name in expected:
            expect("%s.%s" % (what, name), found[name], expected[name])
    elif isinstance(expected, list):
        assert len(found) == len(expected), "%s has %d items, expected %d" % (what, len(found), len(expected))
        for i in range(len(expected)):
            expect("%s[%d]" % (what, i), found[i], expected[i])
    else:
        assert found == expected, "%s is %r, expected %r" % (what, found, expected)


def written_recipe():
    """What the program writes today: members that came after the golden file."""
    task = {"features": "coulomb-eigenvalues-25", "targets": "gap", "unit": "eV",
            "keep_uncharacterized": False}
    return dict(RECIPE, task=task, training=dict(RECIPE["training"], augment="none", standardise=False, linear_path=False))


def check(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    assert length % 8 == 0, "the tensors begin at %d, which is no multiple of 8" % (8 + length)
    header = json.loads(content[8:8 + length].decode())
    data = content[8 + length:]
    metadata = header.pop("__metadata__")

    tensors = make_tensors()
    expect("the tensors", sorted(header), sorted(tensors))
    end = 0
    for name, place in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        shape, values = tensors[name]
        begin, after = place["data_offsets"]
        assert begin == end, "%s begins at %d, expected %d" % (name, begin, end)
        end = after
        expect(name + ".dtype", place["dtype"], "F32")
        expect(name + ".shape", place["shape"], shape)
        expect(name, list(struct.unpack("<%df" % len(values), data[begin:after])), values)
    expect("the end", len(data), end)

    expect("checked", metadata["checked"].split(" "),
           sorted(name for name in metadata if name not in ("checked", "checksum")))
    expect("checksum", metadata["checksum"], checksum_2(metadata, header, data))
    expect("format", metadata["format"], "perzeptron")
    expect("version", metadata["version"], "2")
    recipe = json.loads(metadata["recipe"])
    recipe.pop("invented_later", None)
    expect("recipe", recipe, written_recipe())
    expect("data", json.loads(metadata["data"]), DATA)
    expect("history", json.loads(metadata["history"]), HISTORY)
    expect("activations", [layer["activation"] for layer in json.loads(metadata["network"])["layers"]],
           ACTIVATIONS)


def rewrite(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length].decode())
    data = content[8 + length:]
    metadata = header.pop("__metadata__")

    written = {}
    bytes_written = b""
    for name, place in sorted(header.items(), key=lambda item: (item[1]["dtype"] != "F32", item[0]), reverse=True):
        begin, end = place["data_offsets"]
        written[name] = {"shape": place["shape"], "dtype": place["dtype"],
                         "data_offsets": [len(bytes_written), len(bytes_written) + end - begin]}
        bytes_written += data[begin:end]
    written["__metadata__"] = dict([("converted_by", "make-perz.py")] + sorted(metadata.items(), reverse=True))
    text = json.dumps(written, indent=1).encode()
    text += b" " * (-len(text) % 64 + 64)
    return struct.pack("<Q", len(text)) + text + bytes_written


if sys.argv[1] == "--check":
    check(sys.argv[2])
else:
    made = rewrite(sys.argv[2]) if sys.argv[1] == "--rewrite" else make(int(sys.argv[1]))
    with open(sys.argv[-1], "wb") as file:
        file.write(made)
