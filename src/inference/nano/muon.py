"""Optimiser of nano: Muon (K. Jordan, 2024) for the matrices inside the layers, AdamW for embeddings and norms."""
import torch

from model import fast


def orthogonal(g, steps=5):
    """Newton-Schulz iteration with the quintic coefficients of the Muon reference; singular values go to about 1.

    `g` is one matrix, or many of one shape."""
    a, b, c = 3.4445, -4.7750, 2.0315
    size = g.norm() if g.dim() == 2 else g.norm(dim=(-2, -1), keepdim=True)
    x = (g / (size + 1e-7)).to(fast(g))
    flip = x.shape[-2] > x.shape[-1]
    if flip:
        x = x.transpose(-1, -2)
    for _ in range(steps):
        s = x @ x.transpose(-1, -2)
        x = a * x + (b * s + c * (s @ s)) @ x
    return (x.transpose(-1, -2) if flip else x).float()


def stretch(w):
    """Updates of tall matrices are larger (the Muon reference's rule), so that outputs change alike."""
    return max(1.0, w.shape[0] / w.shape[1]) ** 0.5


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
        own = [e for e in zip(self.matrices, self.buffers) if mine is None or id(e[0][0]) in mine]
        if own and own[0][1].is_cuda:
            self._together(own, rate)
        else:
            self._in_turn(own, rate)
        self._others(rate_others, mine)

    def _in_turn(self, own, rate):
        """One matrix after the other: what fits a CPU's cache."""
        for (p, parts), m in own:
            m.lerp_(p.grad, 1 - self.momentum)
            g = p.grad.lerp(m, self.momentum)
            p.mul_(1 - rate * self.decay)
            for w, part in zip(p.chunk(parts), g.chunk(parts)):
                w.add_(orthogonal(part), alpha=-rate * stretch(w))

    def _together(self, own, rate):
        """All matrices of one shape at once: a GPU would spend its time waiting for small ones."""
        parameters, buffers = [p for (p, _), _ in own], [m for _, m in own]
        grads = [p.grad for p in parameters]
        torch._foreach_lerp_(buffers, grads, 1 - self.momentum)
        grads = torch._foreach_lerp(grads, buffers, self.momentum)
        torch._foreach_mul_(parameters, 1 - rate * self.decay)
        shapes = {}
        for ((p, parts), _), grad in zip(own, grads):
            for w, part in zip(p.chunk(parts), grad.chunk(parts)):
                shapes.setdefault(w.shape, []).append((w, part))
        for pairs in shapes.values():
            changes = orthogonal(torch.stack([part for _, part in pairs])).unbind(0)
            torch._foreach_add_([w for w, _ in pairs], list(changes), alpha=-rate * stretch(pairs[0][0]))

    def _others(self, rate_others, mine):
        """AdamW for what is no matrix of a layer."""
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
