package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Json;
import io.sluice.dialect.corebanq.Ledger.Currency;
import io.sluice.dialect.corebanq.Ledger.Overdraft;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerDetailTest {
  private static final UUID CURRENCY = new UUID(1, 1);
  private static final UUID ASSET = new UUID(1, 2);
  private static final UUID PARENT = new UUID(1, 3);
  private static final UUID USER = new UUID(1, 4);

  private static final String OTHER = "00000000-0000-0001-0000-000000000005";

  private static LedgerDetail detail(Overdraft overdraft, Optional<UUID> parent) {
    Ledger ledger =
        new Ledger(
            "Current \"account\"",
            "liability",
            new Currency(CURRENCY, "EUR"),
            overdraft,
            123,
            parent.map(p -> Instant.parse("2024-01-31T12:00:00.123456Z")),
            parent,
            parent.map(p -> Metadata.of(Json.parse("{\"a\":[1.50,null]}"))).orElse(Metadata.NONE),
            USER);
    return new LedgerDetail(ledger, new AssetId(ASSET));
  }

  @Test
  void comesBackFromItsText() {
    LedgerDetail full = detail(new Overdraft(true, 500), Optional.of(PARENT));
    LedgerDetail sparse = detail(Overdraft.NONE, Optional.empty());

    LedgerDetail closed =
        new LedgerDetail(
            full.ledger(), full.asset(), Optional.of(Instant.EPOCH), UUID.fromString(OTHER));

    assertThat(LedgerDetail.read(full.text())).isEqualTo(full);
    assertThat(LedgerDetail.read(closed.text())).isEqualTo(closed);
    assertThat(LedgerDetail.read(sparse.text())).isEqualTo(sparse);
  }

  @Test
  void isStoredAsEver() {
    // Given
    LedgerDetail detail = detail(new Overdraft(true, 500), Optional.of(PARENT));

    // When
    String text = detail.text();

    // Then
    assertThat(text)
        .isEqualTo(
            "{\"description\":\"Current \\\"account\\\"\",\"type\":\"liability\",\"currency_id\":\""
                + CURRENCY
                + "\",\"currency_code\":\"EUR\",\"asset\":\""
                + ASSET
                + "\",\"overdraft_enabled\":true,\"overdraft_limit\":500,\"opening_balance\":123,"
                + "\"opening_date\":\"2024-01-31T12:00:00.123456Z\",\"parent\":\""
                + PARENT
                + "\",\"metadata\":{\"a\":[1.50,null]},\"created_by\":\""
                + USER
                + "\"}");
  }

  @Test
  void mayPassZeroOnlyWhereOverdraftIsEnabled() {
    assertThat(new Overdraft(true, 500).floor()).isEqualTo(Amount.of(-500));
    assertThat(new Overdraft(false, 500).floor()).isEqualTo(Amount.ZERO);
  }
}
