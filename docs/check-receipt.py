#!/usr/bin/env python3
"""Checks a receipt of sealed books on standard input, or a proof that books have only grown, as
docs/adr/0018-sealed-books.md defines them. Needs nothing but Python. Ends with 0 if it holds."""
import json
import sys
from hashlib import sha256

receipt = json.load(sys.stdin)
path = [bytes.fromhex(h) for h in receipt["path"]]
size, root = receipt["size"], bytes.fromhex(receipt["root_hash"])


def node(left, right):
    return sha256(b"\x01" + left + right).digest()


def climb(position, last, hashes, path):
    """Goes up the path from the hashes at a position; those at the right edge have no sibling."""
    for sibling in path:
        if last == 0:
            sys.exit("the path is too long")
        if position & 1 or position == last:
            hashes = [node(sibling, h) for h in hashes]
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:  # what is on the right was not there yet when the smaller tree ended here
            hashes = hashes[:-1] + [node(hashes[-1], sibling)]
        position, last = position >> 1, last >> 1
    if last != 0:
        sys.exit("the path is too short")
    return hashes


if "entry" in receipt:
    content = sha256(receipt["entry"].encode()).digest()
    entry = sha256(bytes.fromhex(receipt["previous_hash"]) + content).digest()
    if entry.hex() != receipt["entry_hash"]:
        sys.exit("the entry is not what was sealed")
    if not 0 <= receipt["position"] < size:
        sys.exit("the position is not in the tree")
    leaf = sha256(b"\x00" + entry).digest()
    if climb(receipt["position"], size - 1, [leaf], path) != [root]:
        sys.exit("the path does not lead to the head")
    print(receipt["entry"], end="")
else:
    smaller, old = receipt["from_size"], bytes.fromhex(receipt["from_root_hash"])
    if not 0 < smaller <= size or smaller == size and (path or old != root):
        sys.exit("it has not grown")
    if smaller < size:
        position, last = smaller - 1, size - 1
        while position & 1:
            position, last = position >> 1, last >> 1
        first = old if smaller & (smaller - 1) == 0 else path.pop(0)
        if climb(position, last, [first, first], path) != [old, root]:
            sys.exit("the one has not grown out of the other")
print(f"It holds for the head of size {size} and root hash {root.hex()}.")
