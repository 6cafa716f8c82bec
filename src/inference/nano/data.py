"""Training pairs: reads prepare.ts's JSON lines, tokenises them, and cuts them into batches of similar length."""
import hashlib
import json
import multiprocessing
import os
import pickle
import random
import re

import numpy as np

from learn import learn
from tokenizer import DRAFT, EOS, MASK, NORMAL, USER, Tokenizer

REF = re.compile(r'"([A-Z][a-z]?\d+[a-z]?)"')


def read(folder, hold_out=250):
    """Rows of train.jsonl and dev.jsonl with `split` and `written`; one generated row in `hold_out` is held out too."""
    rows = []
    for split in ("train", "dev"):
        path = os.path.join(folder, f"{split}.jsonl")
        with open(path) as f:
            rows += [{**json.loads(line), "split": split} for line in f if line.strip()]
    for i, row in enumerate(rows):
        row["written"] = "generated" not in (row.get("tags") or [])
        if not row["written"] and i % hold_out == 0:
            row["split"] = "dev"
    return [row for row in rows if row["split"] == "dev" or not unseen(row)]


UNSEEN = re.compile(r"\[N\d+\].{0,24}slippage|slippage.{0,24}\[N\d+\]", re.S)
CARELESS = re.compile(r"unlimited|infinite|any price|idc|don'?t care|no matter|whatever|check|simulat|no questions|min out|n[ãa]o quero|fine by me|surely")


def unseen(row):
    """A refusal whose only reason is the size of a number: the number is masked, code judges it, the model cannot."""
    last = row["prompt"].rsplit("\nuser:", 1)[-1]
    return '"refuse"' in row["completion"] and bool(UNSEEN.search(last)) and not CARELESS.search(last)


def weight(row, written, rare):
    """How often a pair is shown per epoch: written text, and the kinds that masking leaves few distinct prompts of."""
    return max(written if row["written"] else 1, 1 if row["completion"].startswith('{"kind":"act"') else rare)


def digest(*paths):
    h = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as f:
            for block in iter(lambda: f.read(1 << 20), b""):
                h.update(block)
    return h.hexdigest()


def vocabulary(rows, path, merges):
    """Loads the tokenizer beside the weights, or learns it from the training rows."""
    if os.path.exists(path):
        return Tokenizer.load(path)
    rows = [r for r in rows if r["split"] != "dev"]
    prompts, completions = [r["prompt"] for r in rows], [r["completion"] for r in rows]
    masks = {m for p in prompts for m in MASK.findall(p)}
    refs = {m for c in completions for m in REF.findall(c)}
    tokenizer = learn(prompts, completions, masks, refs, merges)
    tokenizer.save(path)
    return tokenizer


def tokenise(rows, tokenizer, key, folder):
    """[(ids, length of prompt part, index of row)]; kept on disk for resumes, under the hash of data and vocabulary."""
    path = os.path.join(folder, f"tokens-{key[:16]}.pkl")
    if os.path.exists(path):
        with open(path, "rb") as f:
            return pickle.load(f)
    def cut(part):
        out = []
        for i in part:
            prompt = [USER, *tokenizer.encode(rows[i]["prompt"]), DRAFT]
            out.append((prompt + tokenizer.encode(rows[i]["completion"]) + [EOS], len(prompt), i))
        return out

    out = shared(cut, len(rows), os.cpu_count())
    with open(path, "wb") as f:
        pickle.dump(out, f)
    return out


def shared(work, count, workers, size=4096):
    """`work(range)` of all numbers below `count`, in order, by as many forked processes as there are cores."""
    parts = [range(at, min(at + size, count)) for at in range(0, count, size)]
    if workers < 2 or len(parts) < 2:
        return [e for part in parts for e in work(part)]
    global _work
    _work = work
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        return [e for part in pool.imap(_call, parts) for e in part]


_work = None  # what a forked process calls; a function made inside another one cannot be sent to it


def _call(part):
    return _work(part)


def loosener(tokenizer, share):
    """Cuts some tokens of a request in two, so that a word is also known by its parts (BPE-dropout, Provilkov et al.
    2020, one level deep): what helps with words and slips that no training text has. Masks and drafts stay whole."""
    cuts = {}
    for i, (text, kind) in enumerate(zip(tokenizer.tokens, tokenizer.types)):
        if kind == NORMAL and len(text) > 1:
            halves = [(tokenizer.index.get(text[:at]), tokenizer.index.get(text[at:])) for at in range(1, len(text))]
            cuts[i] = [pair for pair in halves if None not in pair]

    def loosen(example, rng):
        ids, prompt, row = example
        out = []
        for i in ids[:prompt]:
            options = cuts.get(i) if rng.random() < share else None
            out.extend(rng.choice(options) if options else (i,))
        return out + ids[prompt:], len(out), row

    return loosen


def batches(examples, seed, micro_tokens, per_step, boost=None, loosen=None):
    """Endless steps, each a list of micro-batches [(ids, prompt length)…] of near-equal length; an epoch per shuffle."""
    epoch = 0
    while True:
        rng = random.Random(f"{seed}:{epoch}")
        order = list(examples)
        if boost:
            order += [e for e in examples for _ in range(boost(e) - 1)]
        rng.shuffle(order)
        for at in range(0, len(order) - per_step + 1, per_step * 32):
            pool = sorted(order[at : at + per_step * 32], key=lambda e: len(e[0]))
            micro, current = [], []
            for e in pool if loosen is None else (loosen(e, rng) for e in pool):
                if current and ((len(current) + 1) * len(e[0]) > micro_tokens or len(current) == per_step):
                    micro.append(current)
                    current = []
                current.append(e)
            micro.append(current)
            rng.shuffle(micro)
            step, size = [], 0
            for m in micro:
                step.append(m)
                size += len(m)
                if size >= per_step:
                    yield step
                    step, size = [], 0
        epoch += 1


def collate(micro):
    """One micro-batch as arrays: ids filled up with the end token, and where, in the flattened batch without its last
    column, a draft token and (every third one) a request token is to be predicted: the vocabulary's matrix is the dearest."""
    width = max(len(e[0]) for e in micro)
    ids = np.full((len(micro), width), EOS, dtype=np.int64)
    for row, e in enumerate(micro):
        ids[row, : len(e[0])] = e[0]
    at = np.arange(width - 1)[None]
    length = np.array([len(e[0]) for e in micro])[:, None]
    prompt = np.array([e[1] for e in micro])[:, None]
    draft = (at >= prompt - 1) & (at < length - 1)
    request = (at < prompt - 2) & ((at + np.arange(len(micro))[:, None]) % 3 == 0)
    return ids, np.flatnonzero(draft), np.flatnonzero(request)
