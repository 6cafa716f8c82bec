"""Writes the trained network as a GGUF that llama.cpp runs: Llama architecture, SPM tokenizer, chat template inside."""
import os
import subprocess

import numpy as np
import torch

import gguf
from gguf import ARRAY, BOOL, FLOAT32, INT32, STRING, UINT32
from tokenizer import BOS, EOS, UNK

# The request is the last user message; a system message is for models that need the instructions spelled out.
TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'user' %}{{ '<|user|>' + message['content'] + '<|draft|>' }}"
    "{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token }}{% endif %}{% endfor %}"
)


def revision():
    """The revision of the sources: GIT_REVISION where they were copied without their history."""
    if os.environ.get("GIT_REVISION"):
        return os.environ["GIT_REVISION"]
    try:
        return subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def interleave(w, heads):
    """Rows of q and k from halves (training) to neighbouring pairs (llama.cpp's rotary for this architecture)."""
    rows, cols = w.shape
    return w.reshape(heads, 2, rows // heads // 2, cols).swapaxes(1, 2).reshape(rows, cols)


FILE_TYPES = {"f16": 1, "q8_0": 7}  # llama.cpp's LLAMA_FTYPE_MOSTLY_*


def apart(w, heads):
    """What `interleave` did, undone."""
    rows, cols = w.shape
    return w.reshape(heads, rows // heads // 2, 2, cols).swapaxes(1, 2).reshape(rows, cols)


def load(path, model):
    """Weights of an exported file into a model of the same shape; ValueError where the shapes differ."""
    tensors = {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in gguf.read(path).items()}
    heads = model.config["heads"]
    turned = lambda name: torch.from_numpy(np.ascontiguousarray(apart(tensors[name].numpy(), heads)))
    parts = {"embed": tensors["token_embd.weight"], "norm": tensors["output_norm.weight"]}
    for i in range(model.config["layers"]):
        of = lambda name: tensors[f"blk.{i}.{name}.weight"]
        q, k = turned(f"blk.{i}.attn_q.weight"), turned(f"blk.{i}.attn_k.weight")
        parts.update({
            f"blocks.{i}.norm1": of("attn_norm"), f"blocks.{i}.norm2": of("ffn_norm"),
            f"blocks.{i}.qkv": torch.cat((q, k, of("attn_v"))), f"blocks.{i}.out": of("attn_output"),
            f"blocks.{i}.gate_up": torch.cat((of("ffn_gate"), of("ffn_up"))), f"blocks.{i}.down": of("ffn_down"),
        })
    own = model.state_dict()
    wrong = [name for name, part in parts.items() if own[name].shape != part.shape]
    if wrong:
        raise ValueError(f"{path} has another shape ({wrong[0]}): give the arguments and the vocabulary it was trained with")
    model.load_state_dict(parts)


def export(path, model, tokenizer, facts, kind="f16"):
    """`facts` (strings and ints) are written under the key intendant.*; matrices as `kind`, norms in full."""
    c = model.config
    full = lambda t: t.detach().cpu().numpy().astype(np.float32)
    pack = gguf.q8_0 if kind == "q8_0" else lambda a: a.astype(np.float16)
    half = lambda t: pack(full(t))
    turned = lambda t: pack(interleave(full(t), c["heads"]))
    tensors = [("token_embd.weight", half(model.embed)), ("output_norm.weight", full(model.norm))]
    for i, b in enumerate(model.blocks):
        q, k, v = b.qkv.chunk(3)
        gate, up = b.gate_up.chunk(2)
        tensors += [
            (f"blk.{i}.attn_norm.weight", full(b.norm1)),
            (f"blk.{i}.attn_q.weight", turned(q)),
            (f"blk.{i}.attn_k.weight", turned(k)),
            (f"blk.{i}.attn_v.weight", half(v)),
            (f"blk.{i}.attn_output.weight", half(b.out)),
            (f"blk.{i}.ffn_norm.weight", full(b.norm2)),
            (f"blk.{i}.ffn_gate.weight", half(gate)),
            (f"blk.{i}.ffn_up.weight", half(up)),
            (f"blk.{i}.ffn_down.weight", half(b.down)),
        ]
    metadata = architecture(c, FILE_TYPES[kind]) + vocabulary(tokenizer)
    metadata.append(("intendant.revision", STRING, revision()))
    metadata.append(("intendant.system_message", STRING, "ignored"))
    for key, value in facts.items():
        metadata.append((f"intendant.{key}", UINT32 if isinstance(value, int) else STRING, value))
    gguf.write(path, metadata, tensors)


def architecture(c, file_type):
    return [
        ("general.architecture", STRING, "llama"),
        ("general.name", STRING, "intendant-nano"),
        ("general.license", STRING, "MIT"),
        ("general.file_type", UINT32, file_type),
        ("general.quantization_version", UINT32, 2),
        ("llama.vocab_size", UINT32, c["vocab"]),
        ("llama.context_length", UINT32, c["context"]),
        ("llama.embedding_length", UINT32, c["dim"]),
        ("llama.block_count", UINT32, c["layers"]),
        ("llama.feed_forward_length", UINT32, c["hidden"]),
        ("llama.rope.dimension_count", UINT32, c["dim"] // c["heads"]),
        ("llama.rope.freq_base", FLOAT32, c["base"]),
        ("llama.attention.head_count", UINT32, c["heads"]),
        ("llama.attention.head_count_kv", UINT32, c["heads"]),
        ("llama.attention.layer_norm_rms_epsilon", FLOAT32, c["eps"]),
    ]


def vocabulary(tokenizer):
    return [
        ("tokenizer.ggml.model", STRING, "llama"),
        ("tokenizer.ggml.pre", STRING, "default"),
        ("tokenizer.ggml.tokens", (ARRAY, STRING), tokenizer.tokens),
        ("tokenizer.ggml.scores", (ARRAY, FLOAT32), tokenizer.scores),
        ("tokenizer.ggml.token_type", (ARRAY, INT32), tokenizer.types),
        ("tokenizer.ggml.unknown_token_id", UINT32, UNK),
        ("tokenizer.ggml.bos_token_id", UINT32, BOS),
        ("tokenizer.ggml.eos_token_id", UINT32, EOS),
        ("tokenizer.ggml.padding_token_id", UINT32, EOS),
        ("tokenizer.ggml.add_bos_token", BOOL, False),
        ("tokenizer.ggml.add_eos_token", BOOL, False),
        ("tokenizer.ggml.add_space_prefix", BOOL, False),
        ("tokenizer.chat_template", STRING, TEMPLATE),
    ]
