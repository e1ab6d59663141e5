package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each refusal that operations which name batches have in common, of each of these operations. */
class BatchRefusalsTest {
  private static final String UNKNOWN = "ctb" + IsometricWorld.NOBODY;

  /** What is done to batches, and how refusals call who does it and what becomes of them. */
  enum Operation {
    TRANSFER(
        "/transfers",
        "sending",
        "transferred",
        "'from_organisation_id':'SELLER','to_organisation_id':'BUYER','supplier_id':'SUPPLIER'"),
    DELIVERY("/deliveries", "delivering", "delivered", "'order_id':'ORDER'"),
    RETIREMENT(
        "/retirements",
        "retiring",
        "retired",
        "'owner_organisation_id':'SELLER','beneficiary_organisation_id':'SELLER',"
            + "'supplier_id':'SUPPLIER','retirement_purposes':['other']");

    private final String path;
    private final String party;
    private final String done;
    private final String members;

    Operation(String path, String party, String done, String members) {
      this.path = path;
      this.party = party;
      this.done = done;
      this.members = members;
    }

    private Reply send(String batches, String notes) {
      String named =
          members
              .replace("SELLER", world.seller().id())
              .replace("BUYER", world.buyer().id())
              .replace("SUPPLIER", world.supplier())
              .replace("ORDER", order);
      String body = "{%s,'credit_batch_quantities':[%s]%s}".formatted(named, batches, notes);
      return world.as(world.seller()).post("/registry/v0" + path, body.replace('\'', '"'));
    }

    private Reply send(String batches) {
      return send(batches, ",'notes':null");
    }
  }

  private static IsometricWorld world;
  private static String order;

  @BeforeAll
  static void open() {
    world = IsometricWorld.create();
    order = world.newOrder(1_000, "2025-01-31");
  }

  private static String part(String batch, String kilograms) {
    return "{'credit_batch_id':'%s','credit_quantity_kg':%s}".formatted(batch, kilograms);
  }

  private static String issued() {
    return world.issue(10).getFirst();
  }

  private static void assertUnfit(Reply reply, String type) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/type").textValue()).as(reply.toString()).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsNamedOnce(Operation operation) {
    String batch = issued();

    assertRefused(
        operation.send(part(batch, "1") + "," + part(batch, "2")),
        400,
        "Credit batch '" + batch + "' is listed more than once");
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsKnown(Operation operation) {
    assertRefused(
        operation.send(part(issued(), "1") + "," + part(UNKNOWN, "1")),
        400,
        "Could not find 'CreditBatch' with IDs '" + UNKNOWN + "'");
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsTheCallers(Operation operation) {
    String batch = issued();
    world.transfer(world.request().of(batch, 10));

    assertRefused(
        operation.send(part(batch, "1")),
        400,
        "Credit batch '%s' is not owned by the %s organisation".formatted(batch, operation.party));
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsOfTheSupplier(Operation operation) {
    Organisation maker = world.newOrganisation("Maker", operation + ".example");
    String supplier = world.newSupplier(maker);
    String project = world.newProject(supplier, "MK" + operation.ordinal());
    String batch = world.handed(maker, supplier, project, 10);

    assertRefused(
        operation.send(part(batch, "1")),
        400,
        "Credit batch '%s' does not come from supplier '%s'".formatted(batch, world.supplier()));
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsNotSplit(Operation operation) {
    String batch = issued();
    world.transfer(world.request().of(batch, 4));

    assertRefused(
        operation.send(part(batch, "1")),
        400,
        "Credit batch '%s' is split and can no longer be %s".formatted(batch, operation.done));
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsNotRetired(Operation operation) {
    String batch = issued();
    assertThat(Operation.RETIREMENT.send(part(batch, "10")).status()).isEqualTo(200);

    assertRefused(
        operation.send(part(batch, "1")),
        400,
        "Credit batch '%s' is retired and can no longer be %s".formatted(batch, operation.done));
  }

  @ParameterizedTest
  @EnumSource
  void aBatchHoldsAsMuch(Operation operation) {
    String batch = issued();

    assertRefused(
        operation.send(part(batch, "11")),
        400,
        "Credit batch '" + batch + "' holds 10 kg, less than the 11 kg asked for");
  }

  @ParameterizedTest
  @EnumSource
  void aQuantityIsOne(Operation operation) {
    String batch = issued();

    assertUnfit(operation.send(part(batch, "0")), "greater_than");
    assertUnfit(operation.send(part(batch, "-1")), "greater_than");
    assertUnfit(operation.send(part(batch, "1.5")), "int_from_float");
    assertUnfit(operation.send("{'credit_batch_id':'" + batch + "'}"), "missing");
    assertUnfit(operation.send(part("short", "1")), "string_too_short");
    assertUnfit(operation.send(part("x".repeat(38), "1")), "string_too_long");
  }

  @ParameterizedTest
  @EnumSource
  void notesAreThereAndShort(Operation operation) {
    String batch = part(issued(), "1");

    assertUnfit(operation.send(batch, ""), "missing");
    assertUnfit(operation.send(batch, ",'notes':'" + "x".repeat(257) + "'"), "string_too_long");
    assertUnfit(operation.send(batch, ",'notes':5"), "string_type");
  }

  /** The registry's document gives transfers no minimum. */
  @ParameterizedTest
  @EnumSource
  void somethingIsNamed(Operation operation) {
    Reply reply = operation.send("");

    if (operation == Operation.TRANSFER) {
      assertRefused(reply, 400, "credit_batch_quantities must name at least one credit batch");
    } else {
      assertUnfit(reply, "too_short");
    }
  }
}
