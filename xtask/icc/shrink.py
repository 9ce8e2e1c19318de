"""Makes assets/icc/coated-fogra39l.icc small: drops what colprof adds about its source and thins the curves of its tables.

How the profile is made again (Debian's argyll 2.3.1 and icc-profiles-free, which carries FOGRA39L.ti3 under zlib terms):

    cp /usr/share/color/icc/FOGRA39L.ti3 coated.ti3
    colprof -ql -bl -l300 -L95 -kp 0 0.08 0.95 0.95 0.65 -A Tenjicho -D "Coated FOGRA39L (made by Tenjicho)" \
        -C "Made from FOGRA39L characterisation data; zlib licence" coated
    python3 xtask/icc/shrink.py coated.icc assets/icc/coated-fogra39l.icc
"""
import struct
import sys

KEPT = [b"desc", b"cprt", b"wtpt", b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"gamt"]
# A curve of 512 entries says no more than one of 65 here: the largest error is below 0.1 of 255 (see `thin`).
ENTRIES = 65


def thin(curve):
    """The curve on fewer entries, and how far it is off at most, of 65535."""
    at = lambda table, x: (lambda i: table[i] + (table[min(i + 1, len(table) - 1)] - table[i]) * (x * (len(table) - 1) - i))(int(x * (len(table) - 1)))
    small = [round(at(curve, i / (ENTRIES - 1))) for i in range(ENTRIES)]
    off = max(abs(at(small, i / (len(curve) - 1)) - value) for i, value in enumerate(curve))
    return small, off


def shrunk(tag, name):
    inputs, outputs, grid = tag[8], tag[9], tag[10]
    entries_in, entries_out = struct.unpack(">HH", tag[48:52])
    at = 52
    read = lambda count: struct.unpack(f">{count}H", tag[at : at + 2 * count])
    curves_in = [list(read(entries_in * inputs)[i * entries_in : (i + 1) * entries_in]) for i in range(inputs)]
    at += 2 * entries_in * inputs
    nodes = grid**inputs * outputs
    table = tag[at : at + 2 * nodes]
    at += 2 * nodes
    curves_out = [list(read(entries_out * outputs)[i * entries_out : (i + 1) * entries_out]) for i in range(outputs)]
    body = b""
    worst = 0
    parts = []
    for curves in (curves_in, curves_out):
        part = b""
        for curve in curves:
            small, off = thin(curve)
            worst = max(worst, off)
            part += struct.pack(f">{ENTRIES}H", *small)
        parts.append(part)
    print(f"{name}: {inputs} to {outputs}, grid {grid}, curves off by at most {worst / 257:.2f} of 255")
    body = tag[:48] + struct.pack(">HH", ENTRIES, ENTRIES) + parts[0] + table + parts[1]
    return body


def main(source, target):
    data = open(source, "rb").read()
    count = struct.unpack(">I", data[128:132])[0]
    tags = {}
    for i in range(count):
        name, offset, length = struct.unpack(">4sII", data[132 + 12 * i : 144 + 12 * i])
        if name in KEPT:
            tags[name] = (offset, data[offset : offset + length])
    out, places, table = b"", {}, b""
    start = 128 + 4 + 12 * len(tags)
    for name in KEPT:
        offset, tag = tags[name]
        if offset not in places:
            body = shrunk(tag, name.decode()) if tag[:4] == b"mft2" else tag
            places[offset] = (start + len(out), len(body))
            out += body + b"\0" * (-len(body) % 4)
        table += struct.pack(">4sII", name, *places[offset])
    head = bytearray(data[:128])
    head[0:4] = struct.pack(">I", start + len(out))
    # 2026-11-22 00:00: the day it was made, the same in every build.
    head[24:36] = struct.pack(">6H", 2026, 11, 22, 0, 0, 0)
    open(target, "wb").write(bytes(head) + struct.pack(">I", len(tags)) + table + out)


main(*sys.argv[1:])
