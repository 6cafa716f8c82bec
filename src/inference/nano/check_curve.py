"""Compares the loss curve of a short run with the recorded one: `npm run nano:check` (prepare, train, this)."""
import csv
import sys

# Sums in another order (cores, BLAS, bfloat16 or float32) move the loss a little; another program or other data move it more.
TOLERANCE = 0.03


def losses(path):
    with open(path) as f:
        return {int(row["step"]): float(row["loss"]) for row in csv.DictReader(f)}


def main(recorded, measured):
    want, got = losses(recorded), losses(measured)
    if want.keys() != got.keys():
        sys.exit(f"steps differ: recorded {sorted(want)}, measured {sorted(got)}")
    worst = 0.0
    for step, loss in sorted(want.items()):
        off = abs(got[step] - loss) / loss
        worst = max(worst, off)
        print(f"step {step:4d}  recorded {loss:.4f}  measured {got[step]:.4f}  off {100 * off:.2f} %")
    if worst > TOLERANCE:
        sys.exit(f"the curve differs by {100 * worst:.1f} %, more than {100 * TOLERANCE:.0f} %")
    print(f"the curve is the recorded one (largest difference {100 * worst:.2f} %)")


main(*sys.argv[1:3])
