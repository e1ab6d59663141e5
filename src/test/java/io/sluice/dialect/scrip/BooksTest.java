package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.Verifier;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Random commands, many at a time, on a SIMPLE and a LOT asset; afterwards the books are whole. */
class BooksTest {
  private static final int COMMANDS = 1_500;
  private static final int AT_ONCE = 32;
  private static final int HOLDERS = 6;
  private static final BigDecimal EACH = new BigDecimal("100.00");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void staysWholeUnderRandomCommands() {
    try (TestingGateway gateway = TestingGateway.start()) {
      // Given
      ScripFixture scrip = new ScripFixture(gateway);
      List<String> assets = List.of(scrip.asset(), scrip.lots());
      List<String> holders = holders(scrip, assets);

      // When
      List<Reply> replies = send(scrip, assets, holders);

      // Then
      assertThat(replies)
          .as("seed " + seed)
          .extracting(Reply::status)
          .containsOnly(200, 400, 409, 422);
      for (String asset : assets) {
        BigDecimal sum =
            holders.stream()
                .map(holder -> new BigDecimal(scrip.available(holder, asset)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum)
            .as("seed " + seed)
            .isEqualByComparingTo(EACH.multiply(BigDecimal.valueOf(HOLDERS)));
      }
      assertThat(Verifier.run(gateway.database().database(), progress -> {}).findings())
          .as("seed " + seed)
          .isEmpty();
    }
  }

  private static List<String> holders(ScripFixture scrip, List<String> assets) {
    List<String> holders = new ArrayList<>();
    for (int i = 0; i < HOLDERS; i++) {
      String holder = scrip.participant();
      // Several credits, so that there are several lots.
      assets.forEach(
          asset -> List.of("50", "30", "20").forEach(part -> scrip.credit(holder, asset, part)));
      holders.add(holder);
    }
    return holders;
  }

  private List<Reply> send(ScripFixture scrip, List<String> assets, List<String> holders) {
    TestClient client = scrip.client;
    List<Reply> replies = new ArrayList<>();
    while (replies.size() < COMMANDS) {
      List<CompletableFuture<Reply>> sent = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        sent.add(client.sendAsync("POST", "/v1/transfers", command(scrip, assets, holders)));
      }
      sent.forEach(future -> replies.add(future.join()));
    }
    return replies;
  }

  private String command(ScripFixture scrip, List<String> assets, List<String> holders) {
    String asset = assets.get(random.nextInt(assets.size()));
    List<String> rows = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      BigDecimal amount =
          BigDecimal.valueOf(1 + random.nextInt(4_000), 2 + random.nextInt(20) / 19);
      rows.add(row("participant_id", any(holders), amount.toPlainString()));
    }
    // Few keys, so that some are used again, for the same and for other wishes.
    String key =
        random.nextBoolean() ? "" : ",'idempotency_key':'" + random.nextInt(COMMANDS / 4) + "'";
    return scrip.body(asset, "'source_participant_id':'" + any(holders) + "'", rows, key);
  }

  private String any(List<String> holders) {
    return holders.get(random.nextInt(holders.size()));
  }
}
