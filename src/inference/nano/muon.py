"""Optimiser of nano: Muon (K. Jordan, 2024) for the matrices inside the layers, AdamW for embeddings and norms."""
import torch

from model import FAST


def orthogonal(g, steps=5):
    """Newton-Schulz iteration with the quintic coefficients of the Muon reference; singular values go to about 1."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = (g / (g.norm() + 1e-7)).to(FAST)
    flip = x.shape[0] > x.shape[1]
    if flip:
        x = x.t()
    for _ in range(steps):
        s = x @ x.t()
        x = a * x + (b * s + c * (s @ s)) @ x
    return (x.t() if flip else x).float()


class Muon:
    """`parts` lists how many square-ish matrices are stacked in each parameter (3 for qkv, 2 for gate and up)."""

    def __init__(self, matrices, others, decay=0.05, momentum=0.95, betas=(0.9, 0.98)):
        self.matrices, self.others = matrices, others
        self.decay, self.momentum, self.betas, self.count = decay, momentum, betas, 0
        self.buffers = [torch.zeros_like(p) for p, _ in matrices]
        self.first = [torch.zeros_like(p) for p in others]
        self.second = [torch.zeros_like(p) for p in others]

    @torch.no_grad()
    def step(self, rate, rate_others, mine=None):
        """One update of every parameter, or of those whose id is in `mine`."""
        self.count += 1
        for (p, parts), m in zip(self.matrices, self.buffers):
            if mine is not None and id(p) not in mine:
                continue
            m.lerp_(p.grad, 1 - self.momentum)
            g = p.grad.lerp(m, self.momentum)
            p.mul_(1 - rate * self.decay)
            for w, part in zip(p.chunk(parts), g.chunk(parts)):
                scale = max(1.0, w.shape[0] / w.shape[1]) ** 0.5
                w.add_(orthogonal(part), alpha=-rate * scale)
        b1, b2 = self.betas
        fix1, fix2 = 1 - b1**self.count, 1 - b2**self.count
        for p, m, v in zip(self.others, self.first, self.second):
            if mine is not None and id(p) not in mine:
                continue
            m.lerp_(p.grad, 1 - b1)
            v.mul_(b2).addcmul_(p.grad, p.grad, value=1 - b2)
            p.addcdiv_(m, (v / fix2).sqrt_().add_(1e-8), value=-rate_others / fix1)

    def zero(self):
        for p in [p for p, _ in self.matrices] + self.others:
            p.grad = None

    def state(self):
        return {"count": self.count, "buffers": self.buffers, "first": self.first, "second": self.second}

    def load(self, s):
        self.count = s["count"]
        for name in ("buffers", "first", "second"):
            for mine, saved in zip(getattr(self, name), s[name]):
                mine.copy_(saved)
