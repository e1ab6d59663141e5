package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TimeOrderedIds;
import org.junit.jupiter.api.Test;

class PgAssetStoreTest extends PgStoreTest {
  private final StoredBooks books = new StoredBooks(test, 1);
  private final StoredBooks foreign = new StoredBooks(test, 2);
  private final AssetStore assets = new PgAssetStore(pools);
  private final TimeOrderedIds ids = new TimeOrderedIds();

  @Test
  void readsBackWhatItStored() {
    // Given
    Asset asset = asset("EUR");

    // When
    boolean inserted = await(assets.insert(asset));

    // Then
    assertThat(inserted).isTrue();
    assertThat(await(assets.find(books.tenant(), asset.id()))).contains(asset);
    assertThat(await(assets.findByReference(books.tenant(), "kind", "EUR"))).contains(asset);
    assertThat(await(assets.findByReference(books.tenant(), "kind", "EU\0R"))).isEmpty();
  }

  @Test
  void keepsKindAndReferenceUnique() {
    // Given
    Asset first = asset("EUR");
    await(assets.insert(first));

    // When
    boolean again = await(assets.insert(asset("EUR")));

    // Then
    assertThat(again).isFalse();
    assertThat(await(assets.findByReference(books.tenant(), "kind", "EUR"))).contains(first);
  }

  @Test
  void keepsTenantsApart() {
    // Given
    Asset asset = asset("EUR");
    await(assets.insert(asset));

    // When
    var found = await(assets.find(foreign.tenant(), asset.id()));

    // Then
    assertThat(found).isEmpty();
    assertThat(await(assets.findByReference(foreign.tenant(), "kind", "EUR"))).isEmpty();
  }

  private Asset asset(String reference) {
    return new Asset(
        books.tenant(),
        new AssetId(ids.next()),
        "kind",
        reference,
        18,
        true,
        HolderStatus.ACTIVE,
        "{\"name\":\"\u20ac\"}",
        StoredBooks.START,
        StoredBooks.START);
  }
}
