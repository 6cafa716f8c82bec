"""Trains nano from text and writes it as GGUF. `npm run nano:train` prepares the data and runs this; it resumes.

One core of a laptop is enough, a GPU is used where there is one: plain PyTorch (1.13 or later) and numpy, batches of
similar length, loss on the draft and a small one on the request, Muon + AdamW, warm-up, constant rate, linear decay
(so that any stable checkpoint can be cooled down into a usable model). Same seed, data, arguments, libraries and
device give the same weights.
"""
import argparse
import csv
import json
import os
import re
import time
from collections import Counter

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # products on a GPU that repeat to the bit
if "avx512f" in (open("/proc/cpuinfo").read() if os.path.exists("/proc/cpuinfo") else ""):
    # OpenBLAS 0.3.21 does not know CPUs newer than itself and falls back to SSE: 18 instead of 150 GFLOP/s measured.
    os.environ.setdefault("OPENBLAS_CORETYPE", "SKYLAKEX")

import torch
import torch.nn.functional as F

import data
from export import export, load
from model import Nano, decode
from muon import Muon
from ahead import ahead
from team import Team
from tokenizer import DRAFT, EOS

HERE = os.path.dirname(os.path.abspath(__file__))


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", ".cache", "nano"), help="folder of train.jsonl and dev.jsonl")
    p.add_argument("--work", default=os.path.join(HERE, "..", "..", "..", ".cache", "nano"), help="checkpoints, cached tokens, misses")
    p.add_argument("--out", default=os.path.join(HERE, "intendant-nano.gguf"))
    p.add_argument("--vocabulary", default=os.path.join(HERE, "vocabulary.json"))
    p.add_argument("--curve", default=os.path.join(HERE, "loss.csv"))
    p.add_argument("--steps", type=int, default=4400)
    p.add_argument("--decay", type=float, default=0.45, help="last part of the steps in which the rate falls to zero")
    p.add_argument("--batch", type=int, default=128, help="examples per optimiser step")
    p.add_argument("--micro", type=int, help="tokens per micro-batch: 1,024 keep activations in a CPU's cache, 16,384 a GPU busy")
    p.add_argument("--dim", type=int, default=256)
    p.add_argument("--layers", type=int, default=6)
    p.add_argument("--heads", type=int, default=4)
    p.add_argument("--hidden", type=int, default=768)
    p.add_argument("--merges", type=int, default=1800)
    p.add_argument("--rate", type=float, default=0.02, help="of Muon")
    p.add_argument("--rate-others", type=float, default=3e-3, help="of AdamW")
    p.add_argument("--request-loss", type=float, default=0.1, help="weight of predicting the request itself")
    p.add_argument("--boost", type=int, default=6, help="how often written (not generated) pairs are shown per epoch")
    p.add_argument("--rare", type=int, default=3, help="how often pairs that are no acts are shown per epoch")
    p.add_argument("--loosen", type=float, default=0.06, help="share of a request's tokens that are cut in two, anew each time")
    p.add_argument("--every", type=int, default=250, help="steps between measurements and checkpoints")
    p.add_argument("--average", type=float, default=0.99, help="decay of the averaged weights that are measured and exported")
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that share each step; other sums, other bits")
    p.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda"], help="auto: a GPU where PyTorch finds one")
    p.add_argument("--dropout", type=float, default=0.0, help="of what each layer adds; for runs of several epochs")
    p.add_argument("--type", default="f16", choices=["f16", "q8_0"], help="how the matrices are written")
    p.add_argument("--dev", type=int, default=400, help="dev pairs measured on the way; at the end all of them")
    p.add_argument("--start", help="weights to go on from (a GGUF of the same shape), with a fresh optimiser")
    p.add_argument("--export-only", action="store_true", help="write the checkpoint's averaged weights and stop")
    p.add_argument("--least-confidence", type=float, default=0.0, help="asked back below it; chosen with src/eval/calibrate.ts")
    p.add_argument("--evaluate", action="store_true", help="only decode the whole dev split and print scores per kind")
    return p.parse_args()


def rate_at(step, steps, decay):
    """Warm-up over 50 steps, constant, then linear to zero."""
    start = steps * (1 - decay)
    fall = 1.0 if step < start else max(0.0, (steps - step) / (steps - start))
    return min(1.0, (step + 1) / 50) * fall


def loss_of(model, batch, weight, scale):
    """Backward of one micro-batch; returns summed draft loss. `scale` is 1 / draft tokens of the whole step."""
    ids, draft, request = (torch.from_numpy(part).to(model.embed.device, non_blocking=True) for part in batch)
    target = ids[:, 1:].reshape(-1)
    hidden = model(ids[:, :-1]).flatten(0, 1)
    loss = F.cross_entropy(model.logits(hidden[draft]), target[draft], reduction="sum")
    total = loss
    if weight > 0:
        total = loss + 3 * weight * F.cross_entropy(model.logits(hidden[request]), target[request], reduction="sum")
    (total * scale).backward()
    return loss.detach()


@torch.no_grad()
def exact(model, examples):
    """Which examples greedy decoding gives exactly: those whose every draft token is the likeliest after the ones before."""
    good = []
    for at in range(0, len(examples), 64):
        part = examples[at : at + 64]
        ids, draft, _ = (torch.from_numpy(p).to(model.embed.device) for p in data.collate(part))
        hidden = model(ids[:, :-1]).flatten(0, 1)[draft]
        hits = (model.logits(hidden).argmax(-1) == ids[:, 1:].reshape(-1)[draft]).tolist()
        for e in part:
            own, hits = hits[: len(e[0]) - e[1]], hits[len(e[0]) - e[1] :]
            good.append(all(own))
    return good


def evaluate(model, rows, examples):
    """Greedy exact match in all and per kind (and action type for acts), and the examples missed."""
    score, seen, missed = Counter(), Counter(), []
    examples = sorted(examples, key=lambda e: len(e[0]))
    for e, good in zip(examples, exact(model, examples)):
        row = rows[e[2]]
        source = "written" if row["written"] else "generated"
        for k in ("all", source, f"{source} {kind_of(row['completion'])}"):
            seen[k] += 1
            score[k] += good
        if not good:
            missed.append(e)
    return {k: (score[k], n) for k, n in seen.most_common()}, missed


def spell(model, tokenizer, rows, missed):
    """What the model writes instead, for reading."""
    groups, misses = {}, []
    for e in missed:
        groups.setdefault(e[1], []).append(e)
    for length, group in groups.items():
        for e, ids in zip(group, decode(model, [e[0][:length] for e in group], EOS)):
            row = rows[e[2]]
            misses.append({"prompt": row["prompt"], "want": row["completion"], "got": tokenizer.decode(ids)})
    return misses


def kind_of(completion):
    kind = re.search(r'"kind":"([\w-]+)"', completion)
    types = re.findall(r'"type":"([\w-]+)"', completion)
    name = kind.group(1) if kind else "act"
    return name if name != "act" else f"act:{types[0] if len(types) == 1 else 'chain' if types else ''}"


def optimiser(model):
    matrices, others = [], [model.embed, model.norm]
    for b in model.blocks:
        matrices += [(b.qkv, 3), (b.out, 1), (b.gate_up, 2), (b.down, 1)]
        others += [b.norm1, b.norm2]
    return Muon(matrices, others)


def main():
    args = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    os.makedirs(args.work, exist_ok=True)
    rows = data.read(args.data)
    tokenizer = data.vocabulary(rows, args.vocabulary, args.merges)
    key = data.digest(*(os.path.join(args.data, f"{split}.jsonl") for split in ("train", "dev")))
    examples = data.tokenise(rows, tokenizer, data.hashlib.sha256((key + data.digest(args.vocabulary)).encode()).hexdigest(), args.work)
    fitting = [e for e in examples if len(e[0]) <= 320]
    train = [e for e in fitting if rows[e[2]]["split"] != "dev"]
    dev = [e for e in fitting if rows[e[2]]["split"] == "dev"]
    sample = [e for e in dev if rows[e[2]]["written"]]
    sample += [e for e in dev if not rows[e[2]]["written"]][: max(0, args.dev - len(sample))]
    device = args.device if args.device != "auto" else "cuda" if torch.cuda.is_available() else "cpu"
    args.micro = args.micro or (16_384 if device == "cuda" else 1_024)
    if device == "cuda":
        args.workers = 1
    model = Nano(len(tokenizer.tokens), args.dim, args.layers, args.heads, args.hidden, dropout=args.dropout)
    if args.start:
        load(args.start, model)
    average = Nano(**model.config).eval()
    average.load_state_dict(model.state_dict())
    checkpoint = os.path.join(args.work, "checkpoint.pt")
    state = torch.load(checkpoint, map_location="cpu") if os.path.exists(checkpoint) else {"step": 0, "seen": 0}
    stream = ahead(steps_of(args, tokenizer, train, rows, state["step"])) if device == "cuda" else None
    model, average = model.to(device), average.to(device)
    opt = optimiser(model)
    if "model" in state:
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        opt.load(state["opt"])
    mean = sum(len(e[0]) for e in train) / max(1, len(train))
    print(f"{len(train)} training pairs ({len(examples) - len(fitting)} too long), {len(dev)} dev, {mean:.1f} tokens each, "
          f"vocabulary {len(tokenizer.tokens)}, {model.size / 1e6:.2f} M parameters, on {device}, from step {state['step']}", flush=True)
    facts = {"data": key, "pairs": len(train), "args": json.dumps({k: v for k, v in vars(args).items() if k in SHAPE})}
    if args.least_confidence > 0:
        facts["least_confidence"] = str(args.least_confidence)

    def measure(last):
        scores, missed = evaluate(average, rows, dev if last else sample)
        report(scores)
        if not args.evaluate:
            export(args.out, average, tokenizer, {**facts, "examples": state["seen"], "dev": json.dumps(scores)}, args.type)
        if last:
            keep(spell(average, tokenizer, rows, missed), args.work)
        return scores

    if args.export_only or args.evaluate:
        measure(True)
        return
    stream = stream or steps_of(args, tokenizer, train, rows, state["step"])
    fit(args, model, average, opt, state, checkpoint, stream, measure)


SHAPE = ("steps", "decay", "batch", "dim", "layers", "heads", "hidden", "rate", "rate_others", "request_loss", "boost", "rare", "loosen", "dropout", "seed")


def steps_of(args, tokenizer, train, rows, start):
    """Endless steps from `start` on: draft tokens, examples, and the micro-batches as arrays (data.collate)."""
    boost = lambda e: data.weight(rows[e[2]], args.boost, args.rare)
    loosen = data.loosener(tokenizer, args.loosen) if args.loosen > 0 else None
    for micro in data.batches(train, f"{args.seed}:{start}", args.micro, args.batch, boost, loosen):
        tokens = sum(len(e[0]) - e[1] for m in micro for e in m)
        yield tokens, sum(len(m) for m in micro), [data.collate(m) for m in micro]


def fit(args, model, average, opt, state, checkpoint, stream, measure):
    """The loop: accumulate micro-batches, one optimiser step, measure and save every so often."""
    team = Team(model, opt, args.workers)

    def one_step(step):
        tokens, examples, micro = next(stream)
        loss = sum(loss_of(model, m, args.request_loss, 1 / tokens) for m in team.share(micro)) / tokens
        factor = rate_at(step, args.steps, args.decay)

        def update(mine):
            if mine is None or team.rank == 0:
                torch.nn.utils.clip_grad_norm_(opt.others, 1.0)
            opt.step(args.rate * factor, args.rate_others * factor, mine)

        loss = team.update(loss, update)
        opt.zero()
        state["seen"] += examples
        return loss, factor

    pauses = lambda step: (step + 1) % args.every == 0 or step + 1 == args.steps

    def follow():
        for step in range(state["step"], args.steps):
            one_step(step)
            if pauses(step):
                team.wait()

    team.start(follow)
    lead(args, state, checkpoint, (model, average, opt), one_step, pauses, measure, team)


def lead(args, state, checkpoint, parts, one_step, pauses, measure, team):
    """The first worker's loop: it also averages, measures, saves and writes the curve."""
    model, average, opt = parts
    model.train()
    new = not os.path.exists(args.curve) or state["step"] == 0
    with open(args.curve, "w" if new else "a", newline="") as f:
        curve = csv.writer(f)
        if new:
            curve.writerow(["step", "examples", "loss", "exact_generated/written", "rate", "seconds"])
        began, lately, count = time.time(), 0.0, 0
        for step in range(state["step"], args.steps):
            loss, factor = one_step(step)
            lately, count = lately + loss, count + 1
            blend(average, model, min(args.average, (step + 1) / (step + 10)))
            if (step + 1) % 20 != 0 and not pauses(step):
                continue
            exact = ""
            if pauses(step):
                scores = measure(step + 1 == args.steps)
                exact = "/".join(f"{g / max(1, n):.3f}" for g, n in (scores.get(k, (0, 0)) for k in ("generated", "written")))
                torch.save({"step": step + 1, "seen": state["seen"], "model": model.state_dict(),
                            "average": average.state_dict(), "opt": opt.state()}, checkpoint + ".new")
                os.replace(checkpoint + ".new", checkpoint)
                team.wait()
            row = [step + 1, state["seen"], round(float(lately) / count, 4), exact, round(factor, 3), round(time.time() - began)]
            curve.writerow(row)
            f.flush()
            print(*row, flush=True)
            lately, count = 0.0, 0


@torch.no_grad()
def blend(average, model, decay):
    ours, theirs = list(average.parameters()), list(model.parameters())
    if ours[0].is_cuda:
        torch._foreach_lerp_(ours, theirs, 1 - decay)
        return
    for a, p in zip(ours, theirs):
        a.lerp_(p, 1 - decay)


def report(scores):
    for kind, (good, total) in scores.items():
        print(f"{kind:36s} {good:5d} / {total:5d}  {100 * good / total:5.1f} %")


def keep(misses, work):
    with open(os.path.join(work, "misses.jsonl"), "w") as f:
        for m in misses:
            f.write(json.dumps(m, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
