package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.dialect.isometric.IsometricWorld.Request;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every 400, 401 and 403 of the contract's tables; after each, nothing has moved. */
class TransferRefusalsTest {
  private static final long HELD = 1_000;

  private final IsometricWorld world = IsometricWorld.create();
  private final String batch = world.issue(HELD).getFirst();

  @AfterEach
  void nothingMoved() {
    assertThat(world.kilograms(world.seller())).isEqualTo(HELD);
    assertThat(world.kilograms(world.buyer())).isZero();
    assertThat(world.batch(batch).at("/owner/id").textValue()).isEqualTo(world.seller().id());
  }

  private void assertRefused(Request request, String detail) {
    Reply reply = world.transfer(request);

    assertDetail(reply, 400, detail);
  }

  private static void assertDetail(Reply reply, int status, String detail) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.json().size()).isEqualTo(1);
    assertThat(reply.json().get("detail").textValue()).isEqualTo(detail);
  }

  @Test
  void refusesAnEmptyList() {
    assertRefused(world.request(), "credit_batch_quantities must name at least one credit batch");
  }

  @Test
  void refusesATransferToOneself() {
    assertRefused(
        world.request().of(batch, 1).to(world.seller().id()),
        "from_organisation_id and to_organisation_id must differ");
  }

  @Test
  void refusesABatchListedTwice() {
    assertRefused(
        world.request().of(batch, 1).of(batch, 2),
        "Credit batch '" + batch + "' is listed more than once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org_0000000001S00000",
        "spl_0000000001S00000",
        "anything-of-37-chars-................"
      })
  void doesNotFindTheReceiver(String id) {
    assertRefused(
        world.request().of(batch, 1).to(id), "Could not find 'Organisation' with IDs '" + id + "'");
  }

  @Test
  void doesNotTakeASupplierForAnOrganisationNorTheReverse() {
    // Given: ids that differ from existing ones in the prefix only
    String supplierAsOrganisation = "org_" + world.supplier().substring(4);
    String organisationAsSupplier = "spl_" + world.buyer().id().substring(4);

    // Then
    assertRefused(
        world.request().of(batch, 1).to(supplierAsOrganisation),
        "Could not find 'Organisation' with IDs '" + supplierAsOrganisation + "'");
    assertRefused(
        world.request().of(batch, 1).supplier(organisationAsSupplier),
        "Could not find 'Supplier' with IDs '" + organisationAsSupplier + "'");
  }

  @Test
  void doesNotFindTheSupplier() {
    assertRefused(
        world.request().of(batch, 1).supplier("spl" + NOBODY),
        "Could not find 'Supplier' with IDs 'spl" + NOBODY + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ctb_0000000001S00000",
        "ctb_000000000SBX0000",
        "tfr_0000000001S00000",
        "00000000-0000-0000-0000-000000000000",
        "ctb_lowercaseletters"
      })
  void doesNotFindTheBatch(String id) {
    assertRefused(
        world.request().of(batch, 1).of(id, 1),
        "Could not find 'CreditBatch' with IDs '" + id + "'");
  }

  @Test
  void refusesABatchOfSomebodyElse() {
    // Given
    Organisation third = world.newOrganisation("Third", "third.example");
    String other = world.newSupplier(third);
    String foreign = world.issue(world.newProject(other, "OTHER"), 50).getFirst();

    // Then
    assertRefused(
        world.request().of(batch, 1).of(foreign, 1).supplier(world.supplier()),
        "Credit batch '" + foreign + "' is not owned by the sending organisation");
  }

  @Test
  void refusesABatchOfAnotherSupplier() {
    // Given
    String other = world.newSupplier(world.buyer());

    // Then
    assertRefused(
        world.request().of(batch, 1).supplier(other),
        "Credit batch '" + batch + "' does not come from supplier '" + other + "'");
  }

  @Test
  void refusesARetiredBatch() {
    // Given
    var elsewhere = IsometricWorld.create();
    String retired = elsewhere.issue(10).getFirst();
    String owner = elsewhere.seller().id();
    String body =
        """
        {"owner_organisation_id":"%s","beneficiary_organisation_id":"%s","supplier_id":"%s",
         "retirement_purposes":["other"],"notes":null,
         "credit_batch_quantities":[{"credit_batch_id":"%s","credit_quantity_kg":10}]}
        """
            .formatted(owner, owner, elsewhere.supplier(), retired);
    Reply done = elsewhere.as(elsewhere.seller()).post("/registry/v0/retirements", body);
    assertThat(done.status()).as(done.toString()).isEqualTo(200);

    // When
    Reply reply = elsewhere.transfer(elsewhere.request().of(retired, 1));

    // Then
    assertDetail(
        reply, 400, "Credit batch '" + retired + "' is retired and can no longer be transferred");
    assertThat(elsewhere.batch(retired).get("status").textValue()).isEqualTo("retired");
  }

  @Test
  void refusesASplitBatchForGood() {
    // Given
    var elsewhere = IsometricWorld.create();
    String split = elsewhere.issue(10).getFirst();
    elsewhere.transfer(elsewhere.request().of(split, 4));

    for (long kilograms : List.of(1L, 4L, 6L, 10L)) {
      // When
      Reply reply = elsewhere.transfer(elsewhere.request().of(split, kilograms));

      // Then
      assertDetail(
          reply, 400, "Credit batch '" + split + "' is split and can no longer be transferred");
    }
    assertThat(elsewhere.kilograms(elsewhere.buyer())).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1001",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999999999999",
        "999999999999999999999999999999999999999999999999999999999999"
      })
  void refusesMoreThanTheBatchHolds(String kilograms) {
    assertRefused(
        world.request().of(batch, kilograms),
        "Credit batch '" + batch + "' holds 1000 kg, less than the " + kilograms + " kg asked for");
  }

  @Test
  void movesNothingWhenOneOfSeveralBatchesFails() {
    // Given
    var elsewhere = IsometricWorld.create();
    List<String> batches = elsewhere.issue(10, 20);

    // When
    Reply reply =
        elsewhere.transfer(elsewhere.request().of(batches.get(0), 10).of(batches.get(1), 21));

    // Then
    assertDetail(
        reply,
        400,
        "Credit batch '" + batches.get(1) + "' holds 20 kg, less than the 21 kg asked for");
    assertThat(elsewhere.kilograms(elsewhere.seller())).isEqualTo(30);
    assertThat(elsewhere.batch(batches.get(0)).get("status").textValue()).isEqualTo("active");
  }

  @Test
  void refusesAReceiverThatIsNoTransferee() {
    // Given
    Organisation other = world.newOrganisation("Other", "other.example");
    Reply set =
        world.administer(
            "PUT",
            "/organisations/" + world.seller().id() + "/transferees",
            "{\"organisation_ids\":[\"" + other.id() + "\"]}");
    assertThat(set.status()).as(set.toString()).isEqualTo(200);

    // Then
    assertRefused(
        world.request().of(batch, 1),
        "Organisation '" + world.buyer().id() + "' is not among the organisations to transfer to");
  }

  @Test
  void looksAtThePartiesInTheOrderOfTheirFields() {
    // Given: the buyer is no transferee, and the supplier is unknown
    Organisation other = world.newOrganisation("Other", "other.example");
    world.administer(
        "PUT",
        "/organisations/" + world.seller().id() + "/transferees",
        "{\"organisation_ids\":[\"" + other.id() + "\"]}");
    Request request = world.request().of(batch, 1).supplier("spl" + NOBODY);

    // Then
    assertRefused(
        request.to("org" + NOBODY), "Could not find 'Organisation' with IDs 'org" + NOBODY + "'");
    assertRefused(
        request,
        "Organisation '" + world.buyer().id() + "' is not among the organisations to transfer to");
    assertRefused(request.to(other.id()), "Could not find 'Supplier' with IDs 'spl" + NOBODY + "'");
  }

  @Test
  void looksAtOneBatchAfterTheOther() {
    // Given
    String neverABatch = "not-a-batch-at-all-........";
    String unknown = "ctb" + NOBODY;
    String tooMuch = "Credit batch '" + batch + "' holds 1000 kg, less than the 1001 kg asked for";

    // Then
    assertRefused(world.request().of(batch, 1_001).of(neverABatch, 1), tooMuch);
    assertRefused(world.request().of(batch, 1_001).of(unknown, 1), tooMuch);
    for (String first : List.of(neverABatch, unknown)) {
      assertRefused(
          world.request().of(first, 1).of("also-not-a-batch-at-all", 1).of(batch, 1_001),
          "Could not find 'CreditBatch' with IDs '" + first + "'");
    }
  }

  @Test
  void refusesToActForAnotherOrganisation() {
    for (String from : List.of(world.buyer().id(), "org" + NOBODY, "x".repeat(20))) {
      Reply reply = world.transfer(world.request().of(batch, 1).from(from));

      assertDetail(reply, 403, "The token does not act for organisation '" + from + "'");
    }
  }

  @Test
  void wantsBothCredentials() {
    // Given
    TestClient whole = world.as(world.seller());
    String body = world.request().of(batch, 1).json();
    String missing = "Not authenticated: X-Client-Secret and a bearer token are both required";

    // Then
    for (TestClient client :
        List.of(
            world.gateway().client(),
            whole.without("X-Client-Secret"),
            whole.without("Authorization"),
            whole.with("Authorization", "Basic dXNlcjpwYXNz"),
            whole.with("Authorization", "Bearer"))) {
      Reply reply = client.post(TRANSFERS, body);
      assertDetail(reply, 401, missing);
      assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void refusesWrongExpiredAndForeignCredentials() {
    // Given
    var other = IsometricWorld.create();
    TestClient whole = world.as(world.seller());
    UUID holder = world.seller().holder();
    Instant soon = Instant.now().plus(Duration.ofMinutes(5));
    Instant past = Instant.now().minus(Duration.ofMinutes(5));
    String body = world.request().of(batch, 1).json();

    // Then
    for (TestClient client :
        List.of(
            whole.with("X-Client-Secret", "wrong"),
            whole.with("X-Client-Secret", other.secret()),
            whole.with("Authorization", "Bearer nonsense"),
            whole.with("Authorization", "Bearer " + other.token(other.seller())),
            bearing(
                whole, world.gateway().token(world.tenant(), "isometric", holder, Set.of(), past)),
            bearing(whole, world.gateway().token(world.tenant(), "orum", holder, Set.of(), soon)),
            bearing(
                whole,
                world
                    .gateway()
                    .token(world.tenant(), "isometric", UUID.randomUUID(), Set.of(), soon)))) {
      Reply reply = client.post(TRANSFERS, body);
      assertDetail(reply, 401, "Invalid client secret or token");
      assertThat(reply.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
    }
  }

  private static TestClient bearing(TestClient client, String token) {
    return client.with("Authorization", "Bearer " + token);
  }

  @Test
  void looksAtCredentialsThenFormThenOrganisationThenRules() {
    // Given: a request with everything wrong
    String everything =
        world.request().from(world.buyer().id()).to("org" + NOBODY).notes("7").json();

    // Then: each is answered once the one before is put right
    assertThat(world.gateway().client().post(TRANSFERS, everything).status()).isEqualTo(401);
    assertThat(world.as(world.seller()).post(TRANSFERS, everything).status()).isEqualTo(422);
    Request wellFormed = world.request().from(world.buyer().id()).to("org" + NOBODY);
    assertThat(world.transfer(wellFormed).status()).isEqualTo(403);
    assertThat(world.transfer(wellFormed.from(world.seller().id())).status()).isEqualTo(400);
  }
}
