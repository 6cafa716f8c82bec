"""Writes a GGUF v3 file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) with numpy only."""
import os
import struct

import numpy as np

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
F32, F16, Q8_0 = 0, 1, 8
BLOCK = 32
BLOCK_Q8_0 = np.dtype([("d", "<f2"), ("qs", "i1", (BLOCK,))])
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
    out = np.empty((rows, cols // BLOCK), dtype=BLOCK_Q8_0)
    out["d"], out["qs"] = scale[..., 0], whole
    return out


def shape_of(array):
    """Type of ggml and logical shape of a tensor as `write` takes it."""
    if array.dtype.names:
        return Q8_0, (array.shape[0], array.shape[1] * BLOCK)
    return {np.dtype("float32"): F32, np.dtype("float16"): F16}[array.dtype], array.shape


SIZES = {UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?", 0: "<B", 10: "<Q", 11: "<q", 12: "<d"}


def read(path):
    """Tensors of a file that `write` wrote, by name, as float32 [out, in]; other types of ggml raise ValueError."""
    with open(path, "rb") as f:
        raw = f.read()
    at = 24
    count, pairs = struct.unpack_from("<QQ", raw, 8)

    def take(form):
        nonlocal at
        value = struct.unpack_from(form, raw, at)[0]
        at += struct.calcsize(form)
        return value

    def word():
        nonlocal at
        size = take("<Q")
        at += size
        return raw[at - size : at].decode()

    def value(kind):
        if kind == ARRAY:
            inner, size = take("<I"), take("<Q")
            return [value(inner) for _ in range(size)]
        return word() if kind == STRING else take(SIZES[kind])

    for _ in range(pairs):
        word(), value(take("<I"))
    infos = [(word(), [take("<Q") for _ in range(take("<I"))][::-1], take("<I"), take("<Q")) for _ in range(count)]
    start = at + -at % ALIGNMENT
    return {name: unpack(raw, start + offset, kind, shape) for name, shape, kind, offset in infos}


def unpack(raw, at, kind, shape):
    """One tensor as float32."""
    size = int(np.prod(shape))
    if kind == Q8_0:
        blocks = np.frombuffer(raw, BLOCK_Q8_0, size // BLOCK, at)
        return (blocks["qs"] * blocks["d"][:, None].astype(np.float32)).reshape(shape)
    if kind not in (F32, F16):
        raise ValueError(f"a tensor of ggml type {kind}: only float32, float16 and q8_0 can be read")
    return np.frombuffer(raw, "<f4" if kind == F32 else "<f2", size, at).astype(np.float32).reshape(shape)


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
