package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Json;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static Ledger ledger(boolean overdraft, long limit, Optional<UUID> parent) {
    return new Ledger(
        "Current account",
        "liability",
        UUID.randomUUID(),
        "EUR",
        new AssetId(UUID.randomUUID()),
        overdraft,
        limit,
        123,
        parent.map(p -> Instant.parse("2024-01-31T12:00:00.123456Z")),
        parent,
        Metadata.of(Json.parse("{\"a\":[1.50,null]}")),
        UUID.randomUUID());
  }

  @Test
  void comesBackFromItsDetail() {
    Ledger full = ledger(true, 500, Optional.of(UUID.randomUUID()));
    Ledger sparse = ledger(false, 0, Optional.empty());

    assertThat(Ledger.ofDetail(full.toDetail())).isEqualTo(full);
    assertThat(Ledger.ofDetail(sparse.toDetail())).isEqualTo(sparse);
  }

  @Test
  void mayPassZeroOnlyWhereOverdraftIsEnabled() {
    assertThat(ledger(true, 500, Optional.empty()).floor()).isEqualTo(Amount.of(-500));
    assertThat(ledger(false, 500, Optional.empty()).floor()).isEqualTo(Amount.ZERO);
  }

  @Test
  void keepsTheNoteOfAnEntry() {
    EntryNote note =
        new EntryNote(UUID.randomUUID(), "Ümläut \"x\"", Metadata.NONE, UUID.randomUUID());

    assertThat(EntryNote.ofDetail(note.toDetail())).isEqualTo(note);
  }
}
