package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each refusal that operations on a ledger have in common, of each of these operations. */
class LedgerRefusalsTest {
  private static final Room ROOM = Room.shared();

  /** What is done to a ledger, or read of it. */
  enum Operation {
    SHOW("GET", ""),
    BALANCE("GET", "/balance"),
    ENTRIES("GET", "/entries"),
    ENTRY("GET", "/entries/00000000-0000-8000-8000-000000000000"),
    STATEMENT("GET", "/statement"),
    RECONCILE("POST", "/reconcile"),
    CHANGE("PATCH", "", "{\"description\":\"changed\"}"),
    ENTER("POST", "/entries", User.entryBody("credit", 1, UUID.randomUUID(), "")),
    TRANSFER("POST", "/transfer", User.transferBody("OTHER", 1, UUID.randomUUID(), ""));

    private final String method;
    private final String path;
    private final String body;

    Operation(String method, String path) {
      this(method, path, "");
    }

    Operation(String method, String path, String body) {
      this.method = method;
      this.path = path;
      this.body = body;
    }

    private Reply send(TestClient client, Object ledger, String otherBody) {
      String target = "/v1/ledgers/" + ledger + path;
      return body.isEmpty()
          ? client.send(method, target, new byte[0])
          : client.send(method, target, otherBody);
    }

    private Reply send(TestClient client, Object ledger) {
      return send(client, ledger, body.replace("OTHER", other.toString()));
    }
  }

  private static User user;
  private static User reader;
  private static User writer;
  private static User stranger;
  private static UUID ledger;
  private static UUID other;

  @BeforeAll
  static void open() {
    var tenant = ROOM.newTenant();
    user = ROOM.user(tenant);
    reader = ROOM.user(tenant, Names.READ);
    writer = ROOM.user(tenant, "something:else");
    stranger = ROOM.user(ROOM.newTenant());
    ledger = user.ledger(100);
    other = user.ledger(0);
  }

  @ParameterizedTest
  @EnumSource
  void aLedgerIsKnown(Operation operation) {
    Reply unknown = operation.send(user.client(), UUID.randomUUID());

    assertError(unknown, 404, "ledger.not_found");
    assertError(operation.send(stranger.client(), ledger), 404, "ledger.not_found");
  }

  @ParameterizedTest
  @EnumSource
  void aLedgerHasAnId(Operation operation) {
    Reply reply = operation.send(user.client(), "nonsense");

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors/0/field").textValue()).isEqualTo("id");
  }

  @ParameterizedTest
  @EnumSource
  void aCallerHasTheRole(Operation operation) {
    assertError(operation.send(writer.client(), ledger), 403, "auth.unauthorized_role");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHANGE", "ENTER", "TRANSFER"})
  void aReaderChangesNothing(Operation operation) {
    assertError(operation.send(reader.client(), ledger), 403, "auth.unauthorized_role");
  }

  @ParameterizedTest
  @EnumSource
  void aCallerIsKnown(Operation operation) {
    assertError(operation.send(ROOM.anonymous(), ledger), 401, "auth.unauthorized");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHANGE", "ENTER", "TRANSFER"})
  void aBodyIsJson(Operation operation) {
    assertError(operation.send(user.client(), ledger, "{"), 400, "request.invalid_json");
    assertError(operation.send(user.client(), ledger, "[]"), 400, "ledger.validation_failed");
  }

  /** Reading goes on; so does changing, which is how a ledger becomes active again. */
  @ParameterizedTest
  @EnumSource(names = {"ENTER", "TRANSFER"})
  void aLedgerIsActive(Operation operation) {
    UUID idle = user.ledger(5);
    assertThat(user.change(idle, "{\"active\":false}").status()).isEqualTo(200);

    assertError(operation.send(user.client(), idle), 422, "ledger.inactive");
  }
}
