package io.sluice.seal;

import java.util.List;
import java.util.Optional;

/**
 * What proves to anybody who has kept a head that an entry is in the books.
 *
 * @param entry all that the books say of a transfer
 * @param position the entry's, counted from 0
 * @param previous the hash of the entry before
 * @param hash the entry's own
 * @param path the hashes of RFC 6962's proof of inclusion, from the leaf up
 * @param size how many entries the head commits to
 * @param root the head's
 */
public record Receipt(
    String entry, long position, Hash previous, Hash hash, List<Hash> path, long size, Hash root) {
  public Receipt {
    path = List.copyOf(path);
  }

  /** What is wrong with it, in a sentence; empty if it holds. */
  public Optional<String> problem() {
    if (!Hash.ofEntry(previous, Hash.ofContent(entry)).equals(hash)) {
      return Optional.of("the entry is not what was sealed: its hash is another one");
    }
    if (!Proof.includes(Hash.ofLeaf(hash), position, size, path, root)) {
      return Optional.of("the path does not lead from the entry to the head");
    }
    return Optional.empty();
  }
}
