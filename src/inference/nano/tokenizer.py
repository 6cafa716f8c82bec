"""Tokenizer of nano: what the trainer uses and what llama.cpp does with the exported vocabulary, token for token.

llama.cpp's "llama" (SPM) tokenizer works in two steps, mirrored here:
1. user-defined tokens are cut out of the text, longest first, each from left to right;
2. the rest has spaces replaced by U+2581, is split into characters, and the adjacent pair whose
   concatenation has the best score in the vocabulary is merged until none is left; what is not in the
   vocabulary falls to byte tokens.
"""
import json
import re

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, BYTE = 1, 2, 3, 4, 6
SPACE = "\u2581"
SPECIALS = [("<unk>", UNKNOWN), ("<s>", CONTROL), ("</s>", CONTROL), ("<|user|>", CONTROL), ("<|draft|>", CONTROL)]
UNK, BOS, EOS, USER, DRAFT = range(5)
MASK = re.compile(r"\[[A-Z][a-z]?\d*[a-z]?\]")


class Tokenizer:
    """Vocabulary with token types and scores, and the encoder that llama.cpp runs over it."""

    def __init__(self, tokens, types, scores):
        self.tokens, self.types, self.scores = tokens, types, scores
        self.index = {text: i for i, text in enumerate(tokens)}
        self.user = sorted((t for t, k in zip(tokens, types) if k == USER_DEFINED), key=lambda t: -len(t.encode()))
        self.splitter = self._splitter()
        self.cache = {}

    def _splitter(self):
        return re.compile("|".join(re.escape(t) for t in self.user)) if self.user else None

    def encode(self, text):
        """Ids of a text, control tokens not parsed (they are added by the caller)."""
        out = []
        for piece, known in self._partition(text):
            if known:
                out.append(self.index[piece])
            else:
                for word in re.findall(f"{SPACE}*[^{SPACE}]*", piece.replace(" ", SPACE)):
                    if word:
                        out.extend(self._word(word))
        return out

    def _partition(self, text):
        """Longest user-defined token first over the whole text, as llama.cpp does; not plain left to right."""
        parts = [(text, False)]
        for token in self.user:
            if token not in text:
                continue
            cut = []
            for piece, known in parts:
                if known or token not in piece:
                    cut.append((piece, known))
                    continue
                halves = piece.split(token)
                for i, half in enumerate(halves):
                    if i:
                        cut.append((token, True))
                    if half:
                        cut.append((half, False))
            parts = cut
        return parts

    def _word(self, word):
        ids = self.cache.get(word)
        if ids is None:
            ids = self.cache[word] = self._merge(word)
        return ids

    def _merge(self, word):
        symbols = list(word)
        while len(symbols) > 1:
            best, at = None, -1
            for i in range(len(symbols) - 1):
                j = self.index.get(symbols[i] + symbols[i + 1])
                if j is not None and (best is None or self.scores[j] > best):
                    best, at = self.scores[j], i
            if at < 0:
                break
            symbols[at : at + 2] = [symbols[at] + symbols[at + 1]]
        out = []
        for symbol in symbols:
            j = self.index.get(symbol)
            out.extend([j] if j is not None else [self.index[f"<0x{b:02X}>"] for b in symbol.encode()])
        return out

    def decode(self, ids):
        raw = bytearray()
        for i in ids:
            kind = self.types[i]
            if kind == BYTE:
                raw.append(int(self.tokens[i][3:5], 16))
            elif kind == NORMAL:
                raw += self.tokens[i].replace(SPACE, " ").encode()
            elif kind == USER_DEFINED:
                raw += self.tokens[i].encode()
        return raw.decode("utf-8", "replace")

    def save(self, path):
        with open(path, "w") as f:
            json.dump({"tokens": self.tokens, "types": self.types, "scores": self.scores}, f, ensure_ascii=False, indent=0)

    @staticmethod
    def load(path):
        with open(path) as f:
            d = json.load(f)
        return Tokenizer(d["tokens"], d["types"], d["scores"])
