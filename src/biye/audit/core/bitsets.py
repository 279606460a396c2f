"""位集: a row of yes and no, one bit a plan slot, in as many 64-bit words as the widest plan needs (n, W).

A rule that asks "which courses" then touches eight bytes a student instead of one cell a course.
"""

import numpy as np
import numpy.typing as npt

from biye.records.core.tables import Bools

Bits = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int32]
LOW = 62  # bits of a detail that name slots; the last of them stands for every slot further on


def words(slots: int) -> int:
    """W, words needed for so many slots; at least one."""
    return max(1, -(-slots // 64))


def pack(mask: Bools) -> Bits:
    """A mask (…, S) as bits (…, W)."""
    *rows, slots = mask.shape
    whole = np.zeros((*rows, words(slots) * 64), bool)
    whole[..., :slots] = mask
    packed = np.packbits(whole.reshape(-1), bitorder="little")  # many times quicker than along an axis
    return packed.view("<u8").astype(np.uint64, copy=False).reshape(*rows, words(slots))


def unpack(bits: Bits, slots: int) -> Bools:
    """Bits (…, W) as a mask (…, S)."""
    bytes_ = np.ascontiguousarray(bits).astype("<u8", copy=False).view(np.uint8)
    return np.unpackbits(bytes_, axis=-1, count=slots, bitorder="little").view(bool)


def count(bits: Bits) -> Counts:
    """How many slots (…,)."""
    counts = np.bitwise_count(bits)
    if counts.shape[-1] == 1:
        return counts[..., 0].astype(np.int32)
    return counts.sum(axis=-1, dtype=np.int32)


def nonempty(bits: Bits) -> Bools:
    """Any slot at all (…,)."""
    return bits[..., 0] != 0 if bits.shape[-1] == 1 else bits.any(axis=-1)


def detail(bits: Bits) -> npt.NDArray[np.int64]:
    """As the bit set of a finding (n,): bit i is slot i, bit LOW says that slots from LOW on are meant too."""
    first = bits[..., 0]
    over = first >> np.uint64(LOW) != 0
    if bits.shape[-1] > 1:
        over |= bits[..., 1:].any(axis=-1)
    return ((first & np.uint64((1 << LOW) - 1)) | over.astype(np.uint64) << np.uint64(LOW)).astype(np.int64)
