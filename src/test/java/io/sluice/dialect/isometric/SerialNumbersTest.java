package io.sluice.dialect.isometric;

import static io.sluice.store.Invariant.LOT_POSTING;
import static io.sluice.store.Invariant.LOT_RETIRED;
import static io.sluice.store.Invariant.SERIAL_ISSUE;
import static io.sluice.store.Invariant.SERIAL_PIECE;
import static io.sluice.store.Invariant.SERIAL_REGISTER;
import static io.sluice.store.Invariant.SPLIT_CHILDREN;
import static io.sluice.store.Invariant.SPLIT_SERIALS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.HolderId;
import io.sluice.store.Invariant;
import io.sluice.store.Verifier;
import io.sluice.store.Verifier.Finding;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The batches of a project have every serial number that was issued, each once, and what is retired
 * never moves again: a verification finds that so, and names whichever row does not fit.
 */
class SerialNumbersTest {
  private static final IdCodec CODEC = new IdCodec(Environment.PRODUCTION);

  private static TestingGateway gateway;

  private final IsometricWorld world = new IsometricWorld(gateway);

  @BeforeAll
  static void start() {
    gateway = TestingGateway.start(SettableClock.atPresent());
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  /**
   * A way to break a registry's books.
   *
   * @param row which row is to be named
   * @param along what else cannot stay whole when this breaks
   */
  record Corruption(Invariant named, String row, String sql, Set<Invariant> along) {
    static Corruption of(Invariant named, String row, String sql, Invariant... along) {
      return new Corruption(named, row, sql, Set.of(along));
    }
  }

  static Stream<Corruption> corruptions() {
    return Stream.of(
        Corruption.of(
            SERIAL_REGISTER,
            "last",
            """
            UPDATE isometric_batch_origin SET serial_from = serial_from + 1 WHERE id = ':last';
            UPDATE lot SET serial_from = serial_from + 1 WHERE id = ':last'\
            """),
        Corruption.of(
            SERIAL_REGISTER,
            "last",
            """
            UPDATE isometric_batch_origin SET serial_from = serial_from - 1 WHERE id = ':last';
            UPDATE lot SET serial_from = serial_from - 1 WHERE id = ':last'\
            """),
        Corruption.of(
            SERIAL_REGISTER,
            "last",
            "UPDATE isometric_project SET next_serial = next_serial - 1 WHERE tenant_id = :tenant"),
        Corruption.of(
            SERIAL_ISSUE,
            "last",
            "UPDATE lot SET serial_from = serial_from + 1 WHERE id = ':last'"),
        Corruption.of(
            SERIAL_ISSUE, "last", "UPDATE lot SET produced_on = '1999-12-31' WHERE id = ':last'"),
        Corruption.of(
            SERIAL_ISSUE, "last", "UPDATE lot SET register_id = issuer_id WHERE id = ':last'"),
        Corruption.of(
            SERIAL_PIECE, "left", "UPDATE lot SET register_id = issuer_id WHERE id = ':left'"),
        Corruption.of(
            SERIAL_PIECE, "left", "UPDATE lot SET produced_on = '1999-12-31' WHERE id = ':left'"),
        Corruption.of(
            SERIAL_PIECE,
            "right",
            "UPDATE lot SET serial_from = serial_from + 5000 WHERE id = ':right'",
            SPLIT_SERIALS),
        Corruption.of(
            SERIAL_PIECE,
            "left",
            "UPDATE lot SET parent_id = ':last' WHERE id = ':left'",
            SPLIT_CHILDREN),
        Corruption.of(
            LOT_RETIRED, "retired", "UPDATE lot SET retired_by = ':moved' WHERE id = ':retired'"),
        Corruption.of(
            LOT_RETIRED, "part", "UPDATE lot SET retired_by = ':moved' WHERE id = ':part'"),
        Corruption.of(
            LOT_RETIRED,
            "retired",
            """
            INSERT INTO lot_movement
            SELECT :tenant, made.by::uuid, ':retired', made.account::uuid, made.amount
              FROM (VALUES (':later', ':seller', -5), (':later', ':buyer', 5),
                           (':latest', ':buyer', -5), (':latest', ':seller', 5))
                   AS made (by, account, amount)\
            """,
            LOT_POSTING));
  }

  /** What a registry is asked to do here; the UUIDs of what comes of it. */
  private Map<String, String> books() {
    JsonNode issued = world.issueBuffered(1_000, 100);
    String split = issued.at("/credit_batches/0/id").textValue();
    List<String> more = world.issue(50, 60, 70);
    String moved = id(world.transfer(world.request().of(split, 300)));
    retire(more.get(0), 50);
    retire(more.get(1), 20);
    String pooled = issued.at("/buffer_pool_credit_batches/0/id").textValue();
    id(world.refund("a", pooled, 10));
    JsonNode of = world.batch(split);
    String left = of.get("left_child_id").textValue();
    String right = of.get("right_child_id").textValue();
    String later = id(world.transfer(world.request().of(right, 1)));
    String rest = world.batch(right).get("right_child_id").textValue();
    String latest = id(world.transfer(world.request().of(rest, 1)));
    return Map.ofEntries(
        Map.entry("left", uuid(IdPrefix.CREDIT_BATCH, left)),
        Map.entry("right", uuid(IdPrefix.CREDIT_BATCH, right)),
        Map.entry("retired", uuid(IdPrefix.CREDIT_BATCH, more.get(0))),
        Map.entry(
            "part",
            uuid(IdPrefix.CREDIT_BATCH, world.batch(more.get(1)).get("left_child_id").textValue())),
        Map.entry("last", uuid(IdPrefix.CREDIT_BATCH, more.get(2))),
        Map.entry("moved", uuid(IdPrefix.TRANSFER, moved)),
        Map.entry("latest", uuid(IdPrefix.TRANSFER, latest)),
        Map.entry("later", uuid(IdPrefix.TRANSFER, later)),
        Map.entry("seller", account(world.seller())),
        Map.entry("buyer", account(world.buyer())),
        Map.entry("tenant", Integer.toString(world.tenant().value())));
  }

  private static String uuid(IdPrefix prefix, String id) {
    return CODEC.decode(prefix, id).map(UUID::toString).orElseThrow();
  }

  private static String account(IsometricWorld.Organisation organisation) {
    var holder = new HolderId(organisation.holder());
    return Accounts.of(holder).id().value().toString();
  }

  private static String id(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }

  private void retire(String batch, long kilograms) {
    String body =
        """
        {"owner_organisation_id":"%1$s","beneficiary_organisation_id":"%1$s","supplier_id":"%2$s",
         "retirement_purposes":["other"],"notes":null,
         "credit_batch_quantities":[{"credit_batch_id":"%3$s","credit_quantity_kg":%4$d}]}
        """
            .formatted(world.seller().id(), world.supplier(), batch, kilograms);
    id(world.as(world.seller()).post("/registry/v0/retirements", body));
  }

  /** What is found of this registry; its books were changed without sealing them anew. */
  private List<Finding> findings() {
    return Verifier.run(gateway.database().database(), progress -> {}).findings().stream()
        .filter(finding -> finding.tenant() == world.tenant().value())
        .filter(finding -> !finding.invariant().name().startsWith("SEALED"))
        .toList();
  }

  @Test
  void areWholeThroughSplitsRetirementsAndRefunds() {
    // Given
    books();

    // When
    List<Finding> findings = findings();

    // Then
    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void namesTheRowThatDoesNotFit(Corruption corruption) {
    // Given
    Map<String, String> books = books();
    String sql = corruption.sql();
    for (Map.Entry<String, String> entry : books.entrySet()) {
      sql = sql.replace("':" + entry.getKey() + "'", "'" + entry.getValue() + "'");
    }
    gateway.database().execute(sql.replace(":tenant", books.get("tenant")));

    // When
    List<Finding> findings = findings();

    // Then
    Set<Invariant> expected = EnumSet.of(corruption.named());
    expected.addAll(corruption.along());
    assertThat(findings)
        .extracting(Finding::invariant)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(findings)
        .filteredOn(finding -> finding.invariant() == corruption.named())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.examples())
                    .anySatisfy(
                        example -> assertThat(example).contains(books.get(corruption.row()))));
  }
}
