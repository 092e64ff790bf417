"""The random bits of dropout and order: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC
2011), in uint64 that hold 32-bit words. A draw's counter is bnrun's convention: src/nn/dropout.cc, src/base/random.*"""
import numpy as np

WORD = 0xFFFFFFFF
ORDER, DROPOUT = 2, 3  # the streams' numbers


def philox(counter, seed):
    """Four words for each counter. counter: four numbers or arrays; the key is the seed's low and high word."""
    c0, c1, c2, c3 = np.broadcast_arrays(*(np.asarray(word, np.uint64) for word in counter))
    k0, k1 = seed & WORD, seed >> 32
    high, low = lambda x: x >> np.uint64(32), lambda x: x & np.uint64(WORD)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = high(p1) ^ c1 ^ np.uint64(k0), low(p1), high(p0) ^ c3 ^ np.uint64(k1), low(p0)
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return np.stack([c0, c1, c2, c3], axis=-1)


def dropout_mask(rate, seed, step, layer, samples, units):
    """1 where a unit is kept, else 0 (samples, units). A draw below rate 2^32 drops; a counter serves four samples."""
    block, unit = np.meshgrid(np.arange((samples + 3) // 4), np.arange(units), indexing="ij")
    counter = block, step & WORD, (layer << 16) ^ unit, (step >> 32) << 8 | DROPOUT
    draws = philox(counter, seed).transpose(0, 2, 1).reshape(-1, units)[:samples]
    return (draws >= int(rate * 2**32)).astype(float)


def epoch_order(samples, seed, epoch):
    """Fisher-Yates from the last sample on. A number below n is two words' remainder, drawn again where biased."""
    blocks = (word for block in range(2**32) for word in philox((block, 0, epoch, ORDER), seed).tolist())
    order = list(range(samples))
    for n in range(samples, 1, -1):
        value = 2**64
        while value >= 2**64 - 2**64 % n:
            value = next(blocks) << 32 | next(blocks)
        order[n - 1], order[value % n] = order[value % n], order[n - 1]
    return np.array(order)


def check():
    """The known answers that come with the paper's program (Random123, kat_vectors)."""
    pi = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), 0x299F31D0A4093822
    for (counter, key), words in ((((0,) * 4, 0), "6627e8d5e169c58dbc57ac4c9b00dbd8"),
                                  (((WORD,) * 4, 2**64 - 1), "408f276d41c83b0ea20bc7c66d5451fd"),
                                  (pi, "d16cfe0994fdcceb5001e42024126ea1")):
        assert "".join(f"{word:08x}" for word in philox(counter, key)) == words
