"""The network of nano: a Llama decoder (RMSNorm, rotary positions, SwiGLU, tied embeddings) in plain PyTorch, 1.13 or later.

On a GPU the same functions run in bfloat16 through the library's own kernels; what is written by hand is for CPUs.
"""
import math
import os

import torch
import torch.nn.functional as F
from torch import nn


def has_amx():
    """Whether this CPU multiplies bfloat16 matrices in tiles; elsewhere float32 is faster."""
    return os.path.exists("/proc/cpuinfo") and "amx_bf16" in open("/proc/cpuinfo").read()


FAST = torch.bfloat16 if has_amx() else torch.float32


def fast(tensor):
    """The type in which matrices are multiplied where `tensor` is."""
    return torch.bfloat16 if tensor.is_cuda else FAST


class Norm(torch.autograd.Function):
    """RMSNorm with a hand-written backward: one core spends a fifth of its time here with the naive graph."""

    @staticmethod
    def forward(ctx, x, w, eps):
        r = x.pow(2).mean(-1, keepdim=True).add_(eps).rsqrt_()
        n = x * r
        ctx.save_for_backward(n, r, w)
        return (n * w).to(fast(x))

    @staticmethod
    def backward(ctx, g):
        n, r, w = ctx.saved_tensors
        g = g.float()
        gw = (g * n).sum(tuple(range(g.dim() - 1)))
        h = g * w
        h.addcmul_(n, (h * n).mean(-1, keepdim=True), value=-1)
        return h.mul_(r), gw, None


ROWS = 256


def rows(x):
    """The rows of x in bfloat16, filled up with zeros to a multiple of ROWS: oneDNN compiles a kernel for every shape."""
    flat = x.reshape(-1, x.shape[-1])
    m = flat.shape[0]
    if m % ROWS == 0:
        return flat.bfloat16()
    out = torch.empty(-(-m // ROWS) * ROWS, flat.shape[1], dtype=torch.bfloat16)
    out[:m] = flat
    out[m:] = 0
    return out


class Linear(torch.autograd.Function):
    """x @ wᵀ in bfloat16: several times faster than float32 on CPUs with AMX. Gradients of weights are float32."""

    @staticmethod
    def forward(ctx, x, w):
        xb, wb = rows(x), w.bfloat16()
        ctx.save_for_backward(xb, wb)
        ctx.wide, ctx.shape = x.dtype, x.shape
        m = x.numel() // x.shape[-1]
        return torch.mm(xb, wb.t())[:m].view(*x.shape[:-1], w.shape[0])

    @staticmethod
    def backward(ctx, g):
        xb, wb = ctx.saved_tensors
        gb = rows(g)
        m = g.numel() // g.shape[-1]
        gx = torch.mm(gb, wb)[:m].view(ctx.shape).to(ctx.wide)
        return gx, torch.mm(gb.t(), xb).float()


class SwiGlu(torch.autograd.Function):
    """silu(gate) * up. PyTorch 1.13 computes silu of bfloat16 and its gradient much slower than its parts."""

    @staticmethod
    def forward(ctx, gate, up):
        s = torch.sigmoid(gate.float()).to(gate.dtype)
        a = gate * s
        ctx.save_for_backward(s, a, up)
        return a * up

    @staticmethod
    def backward(ctx, g):
        s, a, up = ctx.saved_tensors
        slope = torch.add(s, a).sub_(a * s)
        return slope.mul_(g).mul_(up), g * a


def norm(x, w, eps):
    """RMSNorm in the fast type of the device."""
    return F.rms_norm(x, w.shape, w, eps).to(fast(x)) if x.is_cuda else Norm.apply(x, w, eps)


def gated(gate, up):
    """silu(gate) * up."""
    return F.silu(gate) * up if gate.is_cuda else SwiGlu.apply(gate, up)


def attend(q, k, v, mask):
    """Attention of every head; without a mask each position sees everything (one new token after a cache)."""
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, is_causal=mask is not None)
    s = torch.matmul(q, k.transpose(-1, -2)).float().mul(1 / math.sqrt(q.shape[-1]))
    a = torch.softmax(s if mask is None else s + mask, -1).to(v.dtype)
    return torch.matmul(a, v)


on_cpu = Linear.apply if has_amx() else F.linear


def linear(x, w):
    """x @ wᵀ in the fast type of the device."""
    return F.linear(x.bfloat16(), w.bfloat16()) if w.is_cuda else on_cpu(x, w)


class Block(nn.Module):
    """One decoder layer; q, k, v and gate, up are single matrices for speed and are split on export."""

    def __init__(self, dim, heads, hidden, depth, dropout):
        super().__init__()
        self.heads, self.size, self.dropout = heads, dim // heads, dropout
        self.norm1, self.norm2 = nn.Parameter(torch.ones(dim)), nn.Parameter(torch.ones(dim))
        self.qkv = nn.Parameter(torch.randn(3 * dim, dim) / math.sqrt(dim))
        self.out = nn.Parameter(torch.randn(dim, dim) / math.sqrt(dim * 2 * depth))
        self.gate_up = nn.Parameter(torch.randn(2 * hidden, dim) / math.sqrt(dim))
        self.down = nn.Parameter(torch.randn(dim, hidden) / math.sqrt(hidden * 2 * depth))

    def forward(self, x, cos, sin, mask, eps, cache=None):
        b, t, d = x.shape
        h = linear(norm(x, self.norm1, eps), self.qkv).view(b, t, 3, self.heads, self.size)
        h = h.permute(2, 0, 3, 1, 4).contiguous()
        (q, k), v = rotate(h[:2], cos, sin), h[2]
        if cache is not None:
            k, v = cache.extend(self, k, v)
        x = x + self.drop(linear(attend(q, k, v, mask).transpose(1, 2).reshape(b, t, d), self.out))
        g, u = linear(norm(x, self.norm2, eps), self.gate_up).chunk(2, -1)
        return x + self.drop(linear(gated(g, u), self.down))

    def drop(self, x):
        return F.dropout(x, self.dropout) if self.training and self.dropout > 0 else x


def rotate(x, cos, sin):
    """Rotary positions on halves; llama.cpp expects neighbouring pairs, so the export interleaves the rows of q and k."""
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), -1)


class Cache:
    """Keys and values seen so far, for greedy decoding while measuring."""

    def __init__(self):
        self.store = {}

    def extend(self, block, k, v):
        if block in self.store:
            pk, pv = self.store[block]
            k, v = torch.cat((pk, k), 2), torch.cat((pv, v), 2)
        self.store[block] = (k, v)
        return k, v


class Nano(nn.Module):
    """Decoder with tied input and output embeddings."""

    def __init__(self, vocab, dim=256, layers=4, heads=4, hidden=704, context=1024, eps=1e-5, base=10000.0, dropout=0.0):
        super().__init__()
        self.config = dict(vocab=vocab, dim=dim, layers=layers, heads=heads, hidden=hidden, context=context, eps=eps, base=base)
        self.eps = eps
        self.embed = nn.Parameter(torch.randn(vocab, dim) * 0.02)
        self.blocks = nn.ModuleList(Block(dim, heads, hidden, layers, dropout) for _ in range(layers))
        self.norm = nn.Parameter(torch.ones(dim))
        size = dim // heads
        angle = torch.outer(torch.arange(context).float(), base ** (-torch.arange(0, size, 2).float() / size))
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)
        self.register_buffer("causal", torch.full((context, context), -1e9).triu(1), persistent=False)

    def forward(self, ids, start=0, cache=None, mask=None):
        """Hidden states after the last norm, [batch, time, dim]."""
        t = ids.shape[1]
        x = F.embedding(ids, self.embed)
        if mask is None and t > 1:
            mask = self.causal[:t, :t]
        cos, sin = self.cos[start : start + t].to(fast(x)), self.sin[start : start + t].to(fast(x))
        for block in self.blocks:
            x = block(x, cos, sin, mask, self.eps, cache)
        return norm(x, self.norm, self.eps)

    def logits(self, hidden):
        return linear(hidden, self.embed).float()

    @property
    def size(self):
        return sum(p.numel() for p in self.parameters())


@torch.no_grad()
def decode(model, prompts, end, limit=160):
    """Greedy completions of prompts of one common length; stops each at `end`."""
    cache, ids = Cache(), torch.tensor(prompts, device=model.embed.device)
    hidden = model(ids, cache=cache)
    out, at = [[] for _ in prompts], ids.shape[1]
    alive = [True] * len(prompts)
    for _ in range(limit):
        nxt = model.logits(hidden[:, -1]).argmax(-1)
        for i, token in enumerate(nxt.tolist()):
            if token == end:
                alive[i] = False
            elif alive[i]:
                out[i].append(token)
        if not any(alive):
            break
        hidden = model(nxt[:, None], start=at, cache=cache)
        at += 1
    return out
