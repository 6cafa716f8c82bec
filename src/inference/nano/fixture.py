"""Writes texts with their token ids as this tokenizer cuts them: test/model holds llama.cpp to the same, id for id.

Usage: python3 fixture.py OUT.jsonl [COUNT]; texts are dev and training prompts plus strange ones.
"""
import json
import os
import random
import sys

import data
from tokenizer import Tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
STRANGE = ["", " ", "  two  blanks ", "zażółć gęślą jaźń", "換 [N1] [T1e]", "😀👍🏽", "[N1][N2] [T1", "<|user|> </s> <s>", "\t\n\r", "a\u2581b", "\u0000x", "½ × 3", '{"kind":"act"}',
           "<0x41>", "null", "user:user: \nuser:\n", "[T99s] [Z1]", "x" * 300, "T1 N1 A1", "שלום [T1s]", "é\u0301", "\ufeffbom"]


def main():
    out, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    tokenizer = Tokenizer.load(os.path.join(HERE, "vocabulary.json"))
    rows = data.read(os.path.join(HERE, "..", "..", "..", ".cache", "nano"))
    rng = random.Random(3)
    texts = [r["prompt"] for r in rows if r["split"] == "dev"][: count // 2]
    texts += [r["prompt"] for r in rng.sample(rows, count - len(texts) - len(STRANGE))] + STRANGE
    with open(out, "w") as f:
        for text in texts:
            f.write(json.dumps({"text": text, "ids": tokenizer.encode(text)}, ensure_ascii=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
