# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The cx3tools authors
"""Runs mkfs2.py once for each line of standard input (words split by tabs) in one process.

The checksum is replaced by one that takes two bytes at a time, after it was compared with the
script's own; filler and checksums are remembered, since most sections are the same in many images.
"""
import functools
import importlib.util
import io
import os
import struct
import sys

spec = importlib.util.spec_from_file_location("mkfs2", sys.argv[1])
mkfs2 = importlib.util.module_from_spec(spec)
sys.dont_write_bytecode = True
spec.loader.exec_module(mkfs2)
slow_crc16 = mkfs2.crc16

TABLE = []
for high in range(0x10000):
    step = (high << 8 & 0xFFFF) ^ mkfs2.CRC_TAB[high >> 8]
    TABLE.append((step << 8 & 0xFFFF) ^ mkfs2.CRC_TAB[step >> 8])


def fast_crc16(data, state=0xF6AA):
    if len(data) % 4:
        raise ValueError("CRC input must be whole 32-bit words")
    table = TABLE
    for half in struct.unpack(">%dH" % (len(data) // 2), data):
        state = table[state ^ half]
    return state ^ 0xFFFF


for sample in (b"", bytes(range(256)), os.urandom(4096)):
    if fast_crc16(sample) != slow_crc16(sample):
        raise SystemExit("the fast checksum is wrong")
mkfs2.crc16 = functools.lru_cache(maxsize=128)(fast_crc16)
mkfs2.filler = functools.lru_cache(maxsize=64)(mkfs2.filler)

for line in sys.stdin:
    sys.argv = ["mkfs2.py"] + line.rstrip("\n").split("\t")
    sys.stderr = io.StringIO()
    try:
        mkfs2.main()
    except SystemExit as stop:
        message = sys.stderr.getvalue()
        sys.stderr = sys.__stderr__
        if stop.code:
            raise SystemExit("%s: %s %s" % (line, stop.code, message))
    finally:
        sys.stderr = sys.__stderr__
