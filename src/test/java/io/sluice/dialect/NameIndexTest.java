package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameIndexTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);
  private static final long MIB = 1_048_576;

  private final NameIndex index = new NameIndex(4 * MIB);
  private final NameIndex.Names<String, HolderId> names =
      index.names("kind", NameIndex.ofHolders(Digest::add));

  /** A coin: it has an id, a metal that many share, and its own name. */
  private record Coin(String name, UUID id, String metal) {}

  private static final class CoinForm implements NameIndex.Form<String, Coin> {
    @Override
    public Digest digest(Digest start, String name) {
      return start.add(name);
    }

    @Override
    public UUID id(Coin coin) {
      return coin.id();
    }

    @Override
    public Object common(Coin coin) {
      return coin.metal();
    }

    @Override
    public Coin value(String name, UUID id, Object common) {
      return new Coin(name, id, (String) common);
    }
  }

  private static HolderId holder(int number) {
    return new HolderId(new UUID(number, -number));
  }

  private void keep(int from, int to) {
    IntStream.range(from, to).forEach(i -> names.keep(TENANT, "name " + i, holder(i)));
  }

  private long found(int count) {
    return IntStream.range(0, count)
        .filter(i -> names.find(TENANT, "name " + i).equals(Optional.of(holder(i))))
        .count();
  }

  @Test
  void tellsWhatNamesStandForHoweverManyThereAre() {
    // When
    keep(0, 20_000);

    // Then
    assertThat(found(20_000)).isEqualTo(20_000);
    assertThat(index.size()).isEqualTo(20_000);
  }

  @Test
  void keepsWhatManyShareApart() {
    // Given
    var coins = index.names("coins", new CoinForm());
    var penny = new Coin("penny", UUID.randomUUID(), "bronze");
    var crown = new Coin("crown", UUID.randomUUID(), "silver");
    coins.keep(TENANT, penny.name(), penny);
    coins.keep(TENANT, crown.name(), crown);

    // When
    List<Optional<Coin>> found = List.of(coins.find(TENANT, "penny"), coins.find(TENANT, "crown"));

    // Then
    assertThat(found).containsExactly(Optional.of(penny), Optional.of(crown));
  }

  @Test
  void leavesRoomForWhatOtherTenantsNamesShareHoweverManyThingsOneHas() {
    // Given
    var coins = index.names("coins", new CoinForm());
    IntStream.range(0, 1 << 16)
        .mapToObj(i -> new Coin("coin " + i, new UUID(i, i), "alloy " + i))
        .forEach(coin -> coins.keep(TENANT, coin.name(), coin));
    var crown = new Coin("crown", UUID.randomUUID(), "silver");

    // When
    coins.keep(OTHER, crown.name(), crown);

    // Then
    assertThat(coins.find(OTHER, "crown")).contains(crown);
    assertThat(coins.find(TENANT, "coin 0")).isPresent();
  }

  @Test
  void keepsTenantsAndKindsApart() {
    // When
    names.keep(TENANT, "a", holder(1));

    // Then
    assertThat(names.find(OTHER, "a")).isEmpty();
    assertThat(index.names("other", NameIndex.<String>ofHolders(Digest::add)).find(TENANT, "a"))
        .isEmpty();
  }

  @Test
  void forgets() {
    // Given
    keep(0, 2);

    // When
    names.forget(TENANT, "name 0");

    // Then
    assertThat(names.find(TENANT, "name 0")).isEmpty();
    assertThat(found(2)).isEqualTo(1);
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void takesTheLastWordOnAName() {
    // Given
    names.keep(TENANT, "a", holder(1));

    // When
    names.keep(TENANT, "a", holder(2));

    // Then
    assertThat(names.find(TENANT, "a")).contains(holder(2));
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void takesNoMoreThanItsBudgetAndKeepsWhatCameLast() {
    // Given
    var fit = (int) (4 * MIB / NameIndex.BYTES_A_NAME);

    // When
    keep(0, 2 * fit);

    // Then
    assertThat(index.bytes()).isLessThanOrEqualTo(4 * MIB).isGreaterThan(3 * MIB);
    assertThat(index.size()).isLessThanOrEqualTo(fit).isGreaterThan(fit * 9L / 10);
    assertThat(found(2 * fit)).isEqualTo(index.size());
    assertThat(names.find(TENANT, "name " + (2 * fit - 1))).isPresent();
    assertThat(names.hasRoom()).isFalse();
  }

  @Test
  void takesNoMemoryBeforeItIsNeededAndNoneWithoutABudget() {
    // Given
    var none = new NameIndex(0);
    var nobody = none.names("kind", NameIndex.<String>ofHolders(Digest::add));

    // When
    nobody.keep(TENANT, "a", holder(1));

    // Then
    assertThat(index.bytes()).isZero();
    assertThat(none.bytes()).isZero();
    assertThat(nobody.find(TENANT, "a")).isEmpty();
    assertThat(nobody.hasRoom()).isFalse();
  }

  @Test
  void answersManyThreadsAtOnce() throws ExecutionException, InterruptedException {
    // Given
    List<Future<?>> all = new ArrayList<>();

    // When
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int thread = 0; thread < 8; thread++) {
        int from = thread * 500;
        all.add(threads.submit(() -> keep(from, from + 1_000)));
      }
    }
    for (Future<?> one : all) {
      one.get();
    }

    // Then
    assertThat(found(4_500)).isEqualTo(4_500);
    assertThat(index.size()).isEqualTo(4_500);
  }
}
