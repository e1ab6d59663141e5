package io.sluice.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.seal.Proof.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The tree against the definitions of RFC 6962, and its proofs against every slip. */
class MerkleTreeTest {
  /** The inputs and roots that implementations of Certificate Transparency test with. */
  private static final List<String> INPUTS =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  /** A tree with all of its hashes. */
  private static final class Tree {
    final List<Hash> leaves = new ArrayList<>();
    final Map<Subtree, Hash> subtrees = new HashMap<>();
    final Frontier frontier = new Frontier(0, new byte[0], subtrees::put);

    Tree(int size, long seed) {
      var random = new Random(seed);
      for (int i = 0; i < size; i++) {
        byte[] entry = new byte[Hash.BYTES];
        random.nextBytes(entry);
        Hash leaf = Hash.ofLeaf(entry);
        leaves.add(leaf);
        frontier.addLeaf(leaf);
      }
    }

    Hash root(int size) {
      return root(leaves.subList(0, size));
    }

    /** As section 2.1 of the RFC defines it. */
    private static Hash root(List<Hash> leaves) {
      if (leaves.size() == 1) {
        return leaves.getFirst();
      }
      int left = Integer.highestOneBit(leaves.size() - 1);
      return Hash.ofNode(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    List<Hash> hashes(List<Range> ranges) {
      return ranges.stream().map(range -> range.hash(subtrees::get)).toList();
    }
  }

  @Test
  void hasTheRootsThatOthersHave() {
    // Given
    var frontier = new Frontier();
    var roots = new ArrayList<String>();
    roots.add(frontier.root().toHex());

    // When
    for (String input : INPUTS) {
      frontier.addLeaf(Hash.ofLeaf(HexFormat.of().parseHex(input)));
      roots.add(frontier.root().toHex());
    }

    // Then
    assertThat(roots).isEqualTo(ROOTS);
  }

  @Property(tries = 50)
  void provesEveryEntryOfEverySize(
      @ForAll @IntRange(min = 1, max = 70) int size, @ForAll long seed) {
    // Given
    var tree = new Tree(size, seed);
    Hash root = tree.root(size);
    assertThat(tree.frontier.root()).isEqualTo(root);

    for (int position = 0; position < size; position++) {
      // When
      List<Hash> path = tree.hashes(Proof.ofInclusion(position, size));

      // Then
      Hash leaf = tree.leaves.get(position);
      assertThat(Proof.includes(leaf, position, size, path, root)).isTrue();
      assertThat(Proof.includes(Hash.ZERO, position, size, path, root)).isFalse();
      assertThat(Proof.includes(leaf, position, size, path, Hash.ZERO)).isFalse();
      assertThat(Proof.includes(leaf, size, size, path, root)).isFalse();
      for (int other = 0; other < size; other++) {
        assertThat(other == position || !Proof.includes(leaf, other, size, path, root)).isTrue();
      }
      if (!path.isEmpty()) {
        List<Hash> shorter = path.subList(1, path.size());
        assertThat(Proof.includes(leaf, position, size, shorter, root)).isFalse();
        var longer = new ArrayList<>(path);
        longer.add(Hash.ZERO);
        assertThat(Proof.includes(leaf, position, size, longer, root)).isFalse();
      }
    }
  }

  @Property(tries = 50)
  void provesThatItOnlyGrew(@ForAll @IntRange(min = 1, max = 70) int size, @ForAll long seed) {
    // Given
    var tree = new Tree(size, seed);
    Hash root = tree.root(size);

    for (int smaller = 1; smaller <= size; smaller++) {
      // When
      List<Hash> path = tree.hashes(Proof.ofConsistency(smaller, size));

      // Then
      Hash before = tree.root(smaller);
      assertThat(Proof.grew(smaller, before, size, root, path)).isTrue();
      assertThat(Proof.grew(smaller, Hash.ZERO, size, root, path)).isFalse();
      assertThat(Proof.grew(smaller, before, size, Hash.ZERO, path)).isFalse();
      var longer = new ArrayList<>(path);
      longer.add(Hash.ZERO);
      assertThat(Proof.grew(smaller, before, size, root, longer)).isFalse();
      for (int i = 0; i < path.size(); i++) {
        var changed = new ArrayList<>(path);
        changed.set(i, Hash.ZERO);
        assertThat(Proof.grew(smaller, before, size, root, changed)).isFalse();
      }
    }
  }

  @Property(tries = 50)
  void goesOnFromWhatWasKeptOfIt(
      @ForAll @IntRange(min = 0, max = 300) int size,
      @ForAll @IntRange(min = 1, max = 40) int more) {
    // Given
    var whole = new Tree(size + more, 1);
    var first = new Tree(size, 1);

    // When
    var rest = new Frontier(size, first.frontier.toBytes(), (subtree, hash) -> {});
    whole.leaves.subList(size, size + more).forEach(rest::addLeaf);

    // Then
    assertThat(rest.root()).isEqualTo(whole.frontier.root());
  }

  @Property(tries = 200)
  void plansProofsOfAnySizeWithFewHashes(
      @ForAll @LongRange(min = 1, max = 1L << 40) long size, @ForAll @LongRange(min = 0) long any) {
    // Given
    long position = any % size;

    // When
    List<Range> path = Proof.ofInclusion(position, size);

    // Then: what is proved and the ranges of the path are all that there is
    assertThat(path.stream().mapToLong(range -> range.to() - range.from()).sum() + 1)
        .isEqualTo(size);
    assertThat(path).hasSizeLessThanOrEqualTo(41);
    path.forEach(
        range ->
            assertThat(range.subtrees().stream().mapToLong(Subtree::size).sum())
                .isEqualTo(range.to() - range.from()));
  }

  @Test
  void provesNothingThatIsNotThere() {
    // When / Then
    assertThatThrownBy(() -> Proof.ofInclusion(3, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proof.ofInclusion(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proof.ofConsistency(0, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proof.ofConsistency(4, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frontier(3, new byte[32], (subtree, hash) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Proof.grew(0, Hash.ofNothing(), 3, Hash.ZERO, List.of())).isFalse();
  }
}
