"""Learns the vocabulary: mask tokens and references, recurrent pieces of draft JSON, subwords of requests."""
import heapq
import re
from collections import Counter

from tokenizer import BYTE, NORMAL, SPACE, SPECIALS, USER_DEFINED, Tokenizer

# Punctuation never joins a word, so that "again," is read as "again" with a comma.
WORD = re.compile(rf"{SPACE}?[^\W\d_]+(?:'[^\W\d_]+)?|{SPACE}?\d|{SPACE}?[^\w\s{SPACE}]|[\s{SPACE}_]")
HIGHEST = {"T": 12, "N": 12, "P": 6, "A": 4, "E": 4, "F": 6, "C": 3, "D": 3, "X": 3}
JSON_ATOM = re.compile(r'"(?:[^"\\]|\\.)*":|"(?:[^"\\]|\\.)*"|[{}\[\],]|[^"{}\[\],:]+|:')


def learn(prompts, completions, masks, refs, merges=1000, json_merges=260, min_count=40):
    """Learns a vocabulary: mask tokens and bare references whole, JSON chunks of drafts, then subwords of prompts."""
    chunks = learn_chunks(completions, refs, json_merges, min_count)
    masks = spread(masks)
    refs = set(refs) | {m[1:-1].rstrip("abcdefghijklmnopqrstuvwxyz") for m in masks if re.search(r"\d", m)}
    spaced = {" " + m for m in masks}  # a mask with the blank before it is one token as well
    chunks = prune({c for c in chunks if is_structure(c)}, refs, completions, min_count)
    users = sorted(set(masks) | spaced | refs | chunks | {"user:", "\nuser:", "\nassistant:"})
    words, chars = Counter(), Counter()
    plain = Tokenizer(users, [USER_DEFINED] * len(users), [0.0] * len(users))
    splitter = plain.splitter
    for text, count in Counter(prompts).items():
        for piece in splitter.split(text) if splitter else [text]:
            for word in WORD.findall(piece.replace(" ", SPACE)):
                words[word] += count
    for word, count in words.items():
        for ch in word:
            chars[ch] += count
    base = [c for c, n in sorted(chars.items(), key=lambda kv: (-kv[1], kv[0])) if n >= 10]
    base += [c for c in map(chr, range(33, 127)) if c not in chars or chars[c] < 10]
    pieces = bpe(words, merges, set(base), set(users))
    tokens = [t for t, _ in SPECIALS] + [f"<0x{b:02X}>" for b in range(256)]
    types = [k for _, k in SPECIALS] + [BYTE] * 256
    scores = [0.0] * len(tokens)
    for group, kind in ((users, USER_DEFINED), (pieces, NORMAL), (base, NORMAL)):
        seen = set(tokens)
        for text in group:
            if text not in seen:
                tokens.append(text), types.append(kind)
                scores.append(-float(len(scores)) if kind == NORMAL else 0.0)
    return Tokenizer(tokens, types, scores)


def learn_chunks(completions, refs, merges, min_count):
    """BPE over JSON lexemes: recurrent runs become one token. A reference to a mask and the start of
    an array's element end a run, so that the second action of a chain is made of the same tokens as the first."""
    refs = set(refs)
    runs, atoms = Counter(), Counter()
    for text, count in Counter(completions).items():
        run, before = [], ""
        for atom in lexemes(text, refs):
            if atom in refs:
                runs[tuple(run)] += count
                run = []
            else:
                if atom == "{" and before in ("[", ","):
                    runs[tuple(run)] += count
                    run = []
                before = atom
                run.append(atom)
                atoms[atom] += count
        runs[tuple(run)] += count
    found = bpe(runs, merges, set(), set(), min_count)
    kept = {a for a, n in atoms.items() if n >= min_count and len(a) > 1}
    return sorted(set(found) | kept)


def spread(masks):
    """The masks seen, and the same classes at every index: a later corpus may count further than the first."""
    out = set(masks)
    for mask in masks:
        head, letter = mask[1], mask[-2] if mask[-2].islower() else ""
        if re.search(r"\d", mask) and head in HIGHEST:
            out |= {f"[{head}{i}{letter}]" for i in range(1, HIGHEST[head] + 1)}
    return out


def is_structure(chunk):
    """JSON that no request contains by chance; a bare word such as null stays out of the requests' way."""
    return (len(chunk) > 3 and '"' in chunk) or (len(chunk) > 1 and re.search(r"[{}\[\]]", chunk)) or chunk == "null,"


def prune(chunks, refs, completions, min_count):
    """Keeps the chunks that the longest-first cut really uses; lone `"key":` and `"value"` lexemes stay as a fallback."""
    used = Counter()
    cutter = Tokenizer(sorted(chunks | set(refs)), [USER_DEFINED] * (len(chunks) + len(refs)), [0.0] * (len(chunks) + len(refs)))
    for text, count in Counter(completions).items():
        for piece, known in cutter._partition(text):
            used[piece] += count if known else 0
    return {c for c in chunks if used[c] >= min_count or JSON_ATOM.fullmatch(c)}


def lexemes(text, refs):
    """JSON lexemes of a draft; a quoted reference is split into quote, reference, quote so that it is one token to copy."""
    for atom in JSON_ATOM.findall(text):
        body = atom[1:-1]
        if atom[:1] == '"' and atom[-1:] == '"' and body in refs:
            yield from ('"', body, '"')
        else:
            yield atom


def bpe(words, merges, base, taken, min_count=20):
    """Byte-pair merges over sequences of symbols with an index of pairs; returns merged pieces, best first."""
    seqs = [list(w) for w in words]
    counts = list(words.values())
    pairs, where = Counter(), {}
    for i, seq in enumerate(seqs):
        for pair in zip(seq, seq[1:]):
            pairs[pair] += counts[i]
            where.setdefault(pair, set()).add(i)
    heap = [(-n, p) for p, n in pairs.items()]
    heapq.heapify(heap)
    pieces, seen = [], set(base) | set(taken)
    while heap and len(pieces) < merges:
        n, pair = heapq.heappop(heap)
        if pairs[pair] != -n:
            if pairs[pair] > 0:
                heapq.heappush(heap, (-pairs[pair], pair))
            continue
        if -n < min_count:
            break
        joined = pair[0] + pair[1]
        if joined not in seen:
            seen.add(joined)
            pieces.append(joined)
        touched = apply_merge(pair, joined, seqs, counts, pairs, where)
        for p in touched:
            if pairs[p] > 0:
                heapq.heappush(heap, (-pairs[p], p))
    return pieces


def apply_merge(pair, joined, seqs, counts, pairs, where):
    """Merges one pair everywhere it occurs and keeps the pair counts exact; returns the pairs whose count changed."""
    touched = set()
    for i in where.pop(pair, ()):
        seq, n = seqs[i], counts[i]
        for p in zip(seq, seq[1:]):
            pairs[p] -= n
            touched.add(p)
        out, k = [], 0
        while k < len(seq):
            if k + 1 < len(seq) and seq[k] == pair[0] and seq[k + 1] == pair[1]:
                out.append(joined)
                k += 2
            else:
                out.append(seq[k])
                k += 1
        seqs[i] = out
        for p in zip(out, out[1:]):
            pairs[p] += n
            where.setdefault(p, set()).add(i)
            touched.add(p)
    pairs[pair] = 0
    return touched
