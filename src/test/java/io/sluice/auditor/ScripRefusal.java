package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What Scrip says when it does not do what it is asked for. */
enum ScripRefusal {
  BAD_REQUEST(400),
  SELF_TRANSFER(400),
  INVALID_SCALE(400),
  ASSET_NOT_LINKED(400),
  MAX_TRANSACTION_AMOUNT_EXCEEDED(400),
  UNAUTHORIZED(401),
  NOT_FOUND(404),
  PROGRAM_INACTIVE(409),
  ASSET_INACTIVE(409),
  PARTICIPANT_INACTIVE(409),
  GROUP_INACTIVE(409),
  CONFLICT(409),
  IDEMPOTENCY_CONFLICT(409),
  INSUFFICIENT_BALANCE(422),
  REVERSAL_EXCEEDS_REDEMPTION(422);

  private final int status;

  ScripRefusal(int status) {
    this.status = status;
  }

  /** One of the rules, of which the first that is broken counts. */
  interface Rule extends Supplier<Optional<ScripRefusal>> {}

  static Optional<ScripRefusal> first(Rule... rules) {
    return Arrays.stream(rules).map(Rule::get).flatMap(Optional::stream).findFirst();
  }

  Optional<ScripRefusal> when(boolean broken) {
    return broken ? Optional.of(this) : Optional.empty();
  }

  void expect(Reply reply) {
    assertThat(reply.status()).as("%s: %s", this, reply).isEqualTo(status);
    assertThat(reply.json().get("code").textValue())
        .as(reply.toString())
        .isEqualTo(name().toLowerCase(Locale.ROOT));
  }

  /**
   * Holds an answer to what was foretold.
   *
   * @return whether the request was carried out
   */
  static boolean isDone(Reply reply, Optional<ScripRefusal> foretold, int status) {
    foretold.ifPresent(refusal -> refusal.expect(reply));
    if (foretold.isEmpty()) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    }
    return foretold.isEmpty();
  }
}
