package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Takes transfers back, and holds what is answered to what is foretold. */
final class Operator {
  private final TestingGateway gateway;
  private final TenantId tenant;
  private final Random random;
  private final List<Made> made = new ArrayList<>();

  Operator(TestingGateway gateway, TenantId tenant, Random random) {
    this.gateway = gateway;
    this.tenant = tenant;
    this.random = random;
  }

  /** What a world's model knows of a transfer that can be taken back. */
  interface Reversible {
    /** Why it cannot be just now. */
    Optional<Refusal> refusal();

    /** Takes it back in the model. */
    void takeBack();
  }

  /** Why it stays as it is. */
  enum Refusal {
    NOT_REVERSIBLE("not_reversible"),
    VALUE_GONE("value_gone");

    private final String code;

    Refusal(String code) {
      this.code = code;
    }

    Optional<Refusal> when(boolean holds) {
      return holds ? Optional.of(this) : Optional.empty();
    }
  }

  private static final class Made {
    private final String id;
    private final Optional<Reversible> reversible;
    private boolean isReversed;

    private Made(String id, Optional<Reversible> reversible) {
      this.id = id;
      this.reversible = reversible;
    }

    private Optional<Refusal> refusal() {
      return reversible.map(Reversible::refusal).orElse(Optional.of(Refusal.NOT_REVERSIBLE));
    }
  }

  /**
   * Remembers a transfer that was carried out.
   *
   * @param id as the dialect tells it, or of one of its postings
   */
  void remember(String id, Reversible reversible) {
    made.add(new Made(id, Optional.of(reversible)));
  }

  /** Remembers one that is never taken back. */
  void rememberForEver(String id) {
    made.add(new Made(id, Optional.empty()));
  }

  /** By the id itself where that is the transfer's own, or by what leads to it. */
  private Reply ask(String id) {
    String own = "/admin/tenants/" + tenant.value() + "/transfers/" + id;
    Reply reply = askAt(own);
    return reply.status() == 404 ? askAt(link(id)) : reply;
  }

  private Reply askAt(String path) {
    return gateway.admin().post(path + "/reverse", "{\"reason\":\"audited\"}");
  }

  /** Where administration has what somebody quotes. */
  private String link(String id) {
    String query = "/admin/find?q=" + id + "&tenant=" + tenant.value();
    for (JsonNode found : gateway.admin().get(query).json().path("found")) {
      if (found.path("what").textValue().equals("transfer")) {
        return found.path("link").textValue();
      }
    }
    throw new AssertionError("nobody knows transfer " + id);
  }

  /** Takes any of them back; nothing while there are none. */
  void reverse() {
    if (!made.isEmpty()) {
      reverse(made.get(random.nextInt(made.size())));
    }
  }

  /** The reversal is the latest then. */
  void reverseLatest() {
    reverse(made.getLast());
  }

  private void reverse(Made transfer) {
    Reply reply = ask(transfer.id);
    if (transfer.isReversed) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      return;
    }
    Optional<Refusal> refusal = transfer.refusal();
    if (refusal.isPresent()) {
      assertThat(reply.status()).as("%s: %s", refusal, reply).isEqualTo(409);
      assertThat(reply.json().get("error").textValue())
          .as(reply.toString())
          .isEqualTo(refusal.get().code);
      return;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    transfer.reversible.orElseThrow().takeBack();
    transfer.isReversed = true;
    rememberForEver(reply.json().get("id").textValue());
  }
}
