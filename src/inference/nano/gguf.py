"""Writes a GGUF v3 file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) with numpy only."""
import os
import struct

import numpy as np

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
F32, F16 = 0, 1
ALIGNMENT = 32


def text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def scalar(kind, value):
    if kind == STRING:
        return text(value)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], value)


def entry(key, kind, value):
    """One metadata pair; `kind` is a scalar type or (ARRAY, element type)."""
    if isinstance(kind, tuple):
        body = b"".join(scalar(kind[1], v) for v in value)
        return text(key) + struct.pack("<IIQ", ARRAY, kind[1], len(value)) + body
    return text(key) + struct.pack("<I", kind) + scalar(kind, value)


def write(path, metadata, tensors):
    """metadata: [(key, kind, value)]; tensors: [(name, array)], float32 or float16, row-major [out, in]."""
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(metadata))
    head += b"".join(entry(*m) for m in metadata)
    offset, blobs = 0, []
    for name, array in tensors:
        kind = {np.dtype("float32"): F32, np.dtype("float16"): F16}[array.dtype]
        dims = array.shape[::-1]
        head += text(name) + struct.pack("<I", len(dims)) + struct.pack(f"<{len(dims)}Q", *dims)
        head += struct.pack("<IQ", kind, offset)
        raw = np.ascontiguousarray(array).tobytes()
        raw += b"\0" * (-len(raw) % ALIGNMENT)
        blobs.append(raw)
        offset += len(raw)
    head += b"\0" * (-len(head) % ALIGNMENT)
    with open(path + ".new", "wb") as f:
        f.write(head)
        for raw in blobs:
            f.write(raw)
    os.replace(path + ".new", path)  # a reader never sees half a model
