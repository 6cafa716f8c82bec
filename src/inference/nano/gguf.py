"""Writes a GGUF v3 file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) with numpy only."""
import os
import struct

import numpy as np

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
F32, F16, Q8_0 = 0, 1, 8
BLOCK = 32
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


def q8_0(array):
    """Blocks of 32 numbers as one float16 scale and 32 signed bytes (ggml's block_q8_0), [out, in / 32] of 34 bytes.

    Raises ValueError where a row is no whole number of blocks."""
    rows, cols = array.shape
    if cols % BLOCK:
        raise ValueError(f"rows of {cols} numbers cannot be cut into blocks of {BLOCK}: choose a width that is a multiple")
    parts = array.astype(np.float32).reshape(rows, cols // BLOCK, BLOCK)
    scale = (np.abs(parts).max(-1, keepdims=True) / 127).astype(np.float32)
    whole = np.round(np.divide(parts, scale, out=np.zeros_like(parts), where=scale > 0)).astype(np.int8)
    out = np.empty((rows, cols // BLOCK), dtype=np.dtype([("d", "<f2"), ("qs", "i1", (BLOCK,))]))
    out["d"], out["qs"] = scale[..., 0], whole
    return out


def shape_of(array):
    """Type of ggml and logical shape of a tensor as `write` takes it."""
    if array.dtype.names:
        return Q8_0, (array.shape[0], array.shape[1] * BLOCK)
    return {np.dtype("float32"): F32, np.dtype("float16"): F16}[array.dtype], array.shape


def write(path, metadata, tensors):
    """metadata: [(key, kind, value)]; tensors: [(name, array)], float32, float16 or q8_0(…), row-major [out, in]."""
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(metadata))
    head += b"".join(entry(*m) for m in metadata)
    offset, blobs = 0, []
    for name, array in tensors:
        kind, shape = shape_of(array)
        dims = shape[::-1]
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
