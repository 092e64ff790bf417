"""Compares the program's spectral norm with LAPACK's singular values on random matrices of many kinds and on real gradients.

    spectral_norm_accuracy.py PROGRAM [--count N] [--seed S] [--gradients]

PROGRAM is tests/spectral_norms of a build. Prints the worst relative error of each kind, and fails where one is above the
promise: 1e-6 in float32, 1e-10 in float64.
"""
import argparse
import glob
import os
import subprocess
import sys
import threading

try:
    import numpy
except ImportError:
    print("spectral_norm_accuracy: SKIPPED: no numpy (apt-get install python3-numpy)")
    sys.exit(77)

PROMISE = {"float32": 1e-6, "float64": 1e-10}
ROWS, COLUMNS = 300, 800
BATCH = 500


def shape(random):
    """Sizes spread evenly over their orders of magnitude; half of the matrices are wide and half tall."""
    rows, columns = (int(round(most ** random.random())) for most in (ROWS, COLUMNS))
    return (rows, columns) if random.random() < 0.5 else (columns, rows)


def gaussian(random):
    return random.standard_normal(shape(random))


def with_spectrum(random, values, rows, columns):
    """Random orthogonal factors times these singular values."""
    left, right = (numpy.linalg.qr(random.standard_normal((size, len(values))))[0] for size in (rows, columns))
    return left * values @ right.T


def spectrum(random, fill):
    rows, columns = (max(size, 2) for size in shape(random))
    return with_spectrum(random, fill(min(rows, columns)), rows, columns)


def low_rank(random):
    """Of rank 1 to 10, plus noise of 1e-1 to 1e-9 of it."""
    rows, columns = shape(random)
    rank = random.integers(1, 11)
    product = random.standard_normal((rows, rank)) @ random.standard_normal((rank, columns))
    return product + 10.0 ** random.uniform(-9, -1) * random.standard_normal((rows, columns))


def clustered(random):
    """2 to 6 largest values within a gap of 1e-2 to 1e-12, the others anywhere below."""
    def fill(size):
        values = random.random(size) * 0.9
        most = min(size, random.integers(2, 7))
        values[:most] = 1 - 10.0 ** random.uniform(-12, -2) * random.random(most)
        values[0] = 1
        return values
    return spectrum(random, fill)


def pair(random):
    """Two largest values a gap of 1e-2 to 1e-12 apart, far above all others: nothing else slows the iteration down."""
    def fill(size):
        values = random.random(size) * 10.0 ** random.uniform(-6, -0.3)
        values[:2] = 1, 1 - 10.0 ** random.uniform(-12, -2)
        return values
    return spectrum(random, fill)


def flat(random):
    """All values within 1 to 1e-6 of the largest."""
    return spectrum(random, lambda size: 1 - 10.0 ** random.uniform(-6, 0) * random.random(size))


def graded(random):
    """Rows or columns, or singular values, that fall over up to 20 orders of magnitude."""
    if random.random() < 0.5:
        return spectrum(random, lambda size: 10.0 ** -numpy.linspace(0, random.uniform(1, 20), size))
    matrix = gaussian(random)
    falling = 10.0 ** -numpy.linspace(0, random.uniform(1, 20), len(matrix))
    return falling[:, None] * matrix if random.random() < 0.5 else (falling[:, None] * matrix).T


def tiny(random):
    """Down to float32's subnormal numbers."""
    return gaussian(random) * 10.0 ** random.uniform(-43, -20)


def huge(random):
    """Up to where a float32 norm would overflow, though no entry does."""
    return numpy.clip(gaussian(random) * 10.0 ** random.uniform(20, 38), -3e38, 3e38)


def sparse(random):
    """Nearly all entries 0, whole rows and columns among them."""
    matrix = gaussian(random)
    return matrix * (random.random(matrix.shape) < 10.0 ** random.uniform(-2.5, -0.5))


KINDS = (gaussian, low_rank, clustered, pair, flat, graded, tiny, huge, sparse)


def packed(matrix):
    return numpy.array(matrix.shape, "<i8").tobytes() + numpy.ascontiguousarray(matrix, "<f8").tobytes()


def unpacked(blob):
    at = 0
    while at < len(blob):
        rows, columns = numpy.frombuffer(blob, "<i8", 2, at)
        yield numpy.frombuffer(blob, "<f8", rows * columns, at + 16).reshape(rows, columns)
        at += 16 + 8 * rows * columns


def largest(matrix):
    """By LAPACK, of the matrix scaled to numbers that it is safe with."""
    scale = numpy.abs(matrix).max()
    return scale * numpy.linalg.svd(matrix / scale, compute_uv=False)[0] if scale > 0 else 0.0


def errors(program, matrices):
    """Relative errors in float32 and float64 of each matrix."""
    blob = b"".join(map(packed, matrices))
    lines = subprocess.run([program, "norms"], input=blob, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
    found = []
    for matrix, line in zip(matrices, lines):
        with numpy.errstate(over="ignore"):
            narrow = matrix.astype(numpy.float32).astype(float)
        found.append([abs(float(text) / largest(exact) - 1) if exact.any() else float(text)
                      for text, exact in zip(line.split(), (narrow, matrix))])
    return numpy.array(found)


class Worst:
    def __init__(self):
        self.kinds, self.lock = {}, threading.Lock()

    def add(self, kind, found):
        with self.lock:
            count, worst, over = self.kinds.get(kind, (0, numpy.zeros(2), 0))
            over += int((~(found <= list(PROMISE.values()))).any(axis=1).sum())
            self.kinds[kind] = count + len(found), numpy.maximum(worst, found.max(axis=0)), over

    def table(self):
        yield f"{'kind':<40}{'matrices':>10}{'float32':>12}{'float64':>12}{'above the promise':>20}"
        for kind, (count, (narrow, wide), over) in sorted(self.kinds.items()):
            yield f"{kind:<40}{count:>10}{narrow:>12.1e}{wide:>12.1e}{over:>20}"

    def failed(self):
        return any(over for _, _, over in self.kinds.values())


def measure_random(program, count, seed, worst):
    numbers = iter(range(0, count, BATCH))
    lock = threading.Lock()

    def work():
        while True:
            with lock:
                first = next(numbers, None)
            if first is None:
                return
            random = numpy.random.default_rng([seed, first])
            kinds = [KINDS[i % len(KINDS)] for i in range(first, min(first + BATCH, count))]
            found = errors(program, [kind(random) for kind in kinds])
            for kind in KINDS:
                chosen = [k is kind for k in kinds]
                if any(chosen):
                    worst.add(kind.__name__, found[chosen])

    workers = [threading.Thread(target=work) for _ in range(os.cpu_count() or 1)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def measure_gradients(program, worst):
    for config in sorted(glob.glob("configs/*.json")):
        blob = subprocess.run([program, "gradients", config, "1", "10", "50", "150"], stdout=subprocess.PIPE,
                              check=True).stdout
        worst.add(f"gradients of {os.path.basename(config)[:-5]}", errors(program, list(unpacked(blob))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gradients", action="store_true")
    options = parser.parse_args()
    worst = Worst()
    measure_random(options.program, options.count, options.seed, worst)
    if options.gradients:
        measure_gradients(options.program, worst)
    print("\n".join(worst.table()))
    print(f"worst relative error of the spectral norm; promised: {PROMISE['float32']:g} in float32, "
          f"{PROMISE['float64']:g} in float64")
    return worst.failed()


if __name__ == "__main__":
    sys.exit(main())
