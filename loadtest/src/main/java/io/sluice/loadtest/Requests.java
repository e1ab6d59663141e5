package io.sluice.loadtest;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Makes the requests of a load, transfers with a key of its own each; for one thread. */
final class Requests {
  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int SHORT_BYTES = 32 * 1_024;
  private static final int PAGE_BYTES = 256 * 1_024;

  private final int port;
  private final Template template;
  private final List<byte[]> accounts;
  private final Workload.Picker picker;
  private final int recipients;
  private final int success;
  private final boolean keyed;
  private final SplittableRandom random;

  /** Which accounts pay and receive. */
  private interface Pairs {
    Workload.Picker picker(int accounts, long seed);
  }

  private Requests(
      int port,
      Template template,
      List<UUID> accounts,
      Pairs pairs,
      int recipients,
      int success,
      boolean keyed) {
    long seed = System.nanoTime();
    this.port = port;
    this.template = template;
    this.accounts = accounts.stream().map(Template::bytes).toList();
    this.picker = pairs.picker(accounts.size(), seed);
    this.recipients = recipients;
    this.success = success;
    this.keyed = keyed;
    this.random = new SplittableRandom(seed);
  }

  /** Transfers of the ledger API. */
  static Requests ledger(Target target, Workload workload) {
    return ledger(target, workload::picker);
  }

  /** The same at random, but for so many percent that debit one account. */
  static Requests ledger(Target target, int hotPercent) {
    return ledger(target, (accounts, seed) -> Workload.Picker.hot(accounts, seed, hotPercent));
  }

  private static Requests ledger(Target target, Pairs pairs) {
    var template =
        Template.post(
            "/v1/ledgers/~/transfer",
            "Authorization: Bearer " + target.token(),
            "{\"destination_ledger_id\":\"~\",\"amount\":1,\"transaction_id\":\"~\"}");
    return new Requests(target.port(), template, target.ledgers(), pairs, 1, CREATED, true);
  }

  /** The same as lines, without heads. */
  static Requests lines(Target target, Workload workload) {
    var template =
        Template.of(
            "{\"source_ledger_id\":\"~\",\"destination_ledger_id\":\"~\",\"amount\":1,"
                + "\"transaction_id\":\"~\"}\n");
    return new Requests(
        target.port(), template, target.ledgers(), workload::picker, 1, CREATED, true);
  }

  /**
   * Transfers of the Scrip API, payers and receivers at random.
   *
   * @param recipients of each transfer, 1 to 100, all different
   */
  static Requests scrip(ScripTarget target, int recipients) {
    String row = "{\"participant_id\":\"~\",\"amount\":\"0.01\"}";
    var template =
        Template.post(
            "/v1/transfers",
            "X-API-Key: " + target.apiKey(),
            "{\"program_id\":\"%s\",\"asset_id\":\"%s\",\"description\":\"load\","
                    .formatted(target.program(), target.asset())
                + "\"source_participant_id\":\"~\",\"recipients\":["
                + String.join(",", Collections.nCopies(recipients, row))
                + "],\"idempotency_key\":\"~\"}");
    return new Requests(
        target.port(),
        template,
        target.participants(),
        Workload.UNIFORM::picker,
        recipients,
        OK,
        true);
  }

  /**
   * A cent each from Orum's enterprise to one subledger.
   *
   * @param subledger its reference
   */
  static Requests orum(Api enterprise, String subledger) {
    var headers = new StringBuilder("Authorization: " + enterprise.credential());
    enterprise.more().forEach((name, value) -> headers.append("\r\n" + name + ": " + value));
    var template =
        Template.post(
            "/deliver/booktransfers",
            headers.toString(),
            "{\"amount\":1,\"currency\":\"USD\",\"destination\":{\"subledger_reference_id\":\"%s\"},"
                    .formatted(subledger)
                + "\"book_transfer_reference_id\":\"~\"}");
    List<UUID> nobody = List.of(new UUID(0, 1), new UUID(0, 2));
    return new Requests(enterprise.port(), template, nobody, Workload.UNIFORM::picker, 0, OK, true);
  }

  /**
   * Reads of the ledger API.
   *
   * @param path below each ledger, such as {@code /balance}
   */
  static Requests reads(Target target, String path) {
    var template = Template.get("/v1/ledgers/~" + path, "Authorization: Bearer " + target.token());
    return new Requests(
        target.port(), template, target.ledgers(), Workload.UNIFORM::picker, 0, OK, false);
  }

  /** On 127.0.0.1. */
  int port() {
    return port;
  }

  /** The status that says that value has moved. */
  int success() {
    return success;
  }

  /** Bytes of every request. */
  int length() {
    return template.length();
  }

  /** Bytes that an answer may have, with its head. */
  int mostAnswerBytes() {
    return keyed ? SHORT_BYTES : PAGE_BYTES;
  }

  /** Writes the next request. */
  void next(ByteBuffer out) {
    picker.next();
    if (recipients > 0 || !keyed) {
      template.set(0, accounts.get(picker.source()));
    }
    int destination = picker.destination();
    for (int i = 1; i <= recipients; i++) {
      template.set(i, accounts.get(destination));
      destination = (destination + 1) % accounts.size();
      if (destination == picker.source()) {
        destination = (destination + 1) % accounts.size();
      }
    }
    if (keyed) {
      template.setKey(random);
    }
    template.write(out);
  }
}
