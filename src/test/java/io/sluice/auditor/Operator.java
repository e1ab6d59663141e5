package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Takes transfers back, and holds what is answered to what is foretold.
 *
 * @param <P> a party to transfers
 */
final class Operator<P> {
  private final TestingGateway gateway;
  private final TenantId tenant;
  private final Random random;
  private final List<Moved<P>> moves = new ArrayList<>();

  Operator(TestingGateway gateway, TenantId tenant, Random random) {
    this.gateway = gateway;
    this.tenant = tenant;
    this.random = random;
  }

  /** A transfer that was carried out, and whether it was taken back since. */
  private static final class Moved<P> {
    private final String id;
    private final P from;
    private final P to;
    private final long amount;
    private boolean isReversed;

    private Moved(String id, P from, P to, long amount) {
      this.id = id;
      this.from = from;
      this.to = to;
      this.amount = amount;
    }
  }

  /** What a world knows of its parties; the amount moves from the first to the second. */
  interface Model<P> {
    boolean isClosed(P party);

    boolean canPay(P party, long amount);

    void move(P from, P to, long amount);
  }

  void remember(String id, P from, P to, long amount) {
    moves.add(new Moved<>(id, from, to, amount));
  }

  /** Takes any of them back; nothing while there are none. */
  void reverse(Model<P> model) {
    if (moves.isEmpty()) {
      return;
    }
    Moved<P> moved = moves.get(random.nextInt(moves.size()));
    Reply reply =
        gateway
            .admin()
            .post(
                "/admin/tenants/" + tenant.value() + "/transfers/" + moved.id + "/reverse",
                "{\"reason\":\"audited\"}");
    if (moved.isReversed) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    } else if (model.isClosed(moved.from)) {
      expect(reply, "not_reversible");
    } else if (!model.canPay(moved.to, moved.amount)) {
      expect(reply, "value_gone");
    } else {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
      model.move(moved.to, moved.from, moved.amount);
      moved.isReversed = true;
    }
  }

  private static void expect(Reply reply, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
    assertThat(reply.json().get("error").textValue()).isEqualTo(code);
  }
}
