package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BALANCE;
import static io.sluice.dialect.orum.OrumTenant.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many transfers at once: what the answers say and what the balances say must agree. */
class ConcurrencyTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private static final List<String> PARTIES = Arrays.asList(null, "s1", "s2", "s3");
  private static final int TRANSFERS_SENT = 300;
  private static final int REFERENCES = 250;
  private static final long FUNDS_CENTS = 1_000;
  private static final int MAX_CENTS = 400;

  private record Wish(String reference, long cents, String source, String destination) {}

  @Test
  void theAnswersAddUpToTheBalances() {
    // Given
    long seed = System.nanoTime();
    System.out.println("ConcurrencyTest seed " + seed);
    List<Wish> wishes = wishes(new Random(seed));
    OrumTenant tenant = FIXTURE.tenant();
    FIXTURE.fund(tenant, FUNDS_CENTS);
    Map<String, String> ids = new TreeMap<>();
    PARTIES.stream().skip(1).forEach(name -> ids.put(name, tenant.subledger(name)));

    // When
    List<OrumReply> replies =
        wishes.stream().map(wish -> send(tenant, wish)).toList().stream()
            .map(CompletableFuture::join)
            .toList();

    // Then
    Map<String, Long> expected = expected(wishes, replies);
    ids.forEach(
        (name, id) ->
            assertThat(tenant.available(id))
                .as("seed %d %s", seed, name)
                .isEqualTo(expected.get(name)));
    assertThat(tenant.available()).as("seed %d", seed).isEqualTo(expected.get(""));
    assertThat(expected.values()).allMatch(balance -> balance >= 0);
    assertThat(tenant.get(BALANCE).number("/total_balance/available")).isEqualTo(FUNDS_CENTS);
    assertThat(tenant.get(TRANSFERS + "?size=500").json().get("book_transfers"))
        .as("one for every reference id, completed or failed")
        .hasSize((int) wishes.stream().map(Wish::reference).distinct().count());
  }

  private static CompletableFuture<OrumReply> send(OrumTenant tenant, Wish wish) {
    return tenant.postLater(
        TRANSFERS,
        OrumTenant.transferBody(wish.reference(), wish.cents(), wish.source(), wish.destination()));
  }

  /** Some reference ids are used twice. */
  private static List<Wish> wishes(Random random) {
    List<Wish> wishes = new ArrayList<>();
    for (int i = 0; i < TRANSFERS_SENT; i++) {
      int from = random.nextInt(PARTIES.size());
      int to = (from + 1 + random.nextInt(PARTIES.size() - 1)) % PARTIES.size();
      wishes.add(
          new Wish(
              "r" + random.nextInt(REFERENCES),
              1 + random.nextInt(MAX_CENTS),
              PARTIES.get(from),
              PARTIES.get(to)));
    }
    return wishes;
  }

  /** The balances by party that follow from what was answered; the enterprise has no name. */
  private static Map<String, Long> expected(List<Wish> wishes, List<OrumReply> replies) {
    Map<String, Long> balances = new TreeMap<>();
    PARTIES.forEach(name -> balances.put(name(name), name == null ? FUNDS_CENTS : 0));
    for (int i = 0; i < replies.size(); i++) {
      OrumReply reply = replies.get(i);
      if (reply.status() != 200) {
        assertThat(reply.summary()).isEqualTo("400 duplicate_book_transfer_reference_id");
      } else if (reply.text("/book_transfer/status").equals("completed")) {
        Wish wish = wishes.get(i);
        balances.merge(name(wish.source()), -wish.cents(), Long::sum);
        balances.merge(name(wish.destination()), wish.cents(), Long::sum);
      }
    }
    return balances;
  }

  private static String name(String party) {
    return party == null ? "" : party;
  }
}
