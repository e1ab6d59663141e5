package io.sluice.dialect.isometric;

import io.sluice.access.CredentialIssuer.Subject;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.dialect.DemoIds;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.FirstTransfer;
import io.sluice.dialect.Services;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.IsometricStores;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Sets up a supplier with a batch, and a buyer; in the demo also some small batches, and an order;
 * and shows one transfer.
 */
record Demo(
    SubjectToken organisationToken,
    Organisations organisations,
    Suppliers suppliers,
    Projects projects,
    Issuances issuances,
    Orders orders,
    IdCodec codec) {
  private static final int SERIES = 1;

  /** Batches that examples name: a part of one has another id, so each is good for one of them. */
  private static final int SMALL_BATCHES = 4;

  private static final BigInteger SMALL_KG = BigInteger.valueOf(5_000);
  private static final BigInteger ORDERED_KG = BigInteger.valueOf(100_000);
  private static final int SHOWN_KG = 125_632;
  private static final String PATHWAY = "enhanced_weathering";
  private static final Location LOCATION =
      new Location(
          "GBR",
          "United Kingdom",
          Optional.empty(),
          new BigDecimal("52.25"),
          new BigDecimal("0.72"));

  /** The demo's ids are its own, from the first on; another tenant's are as usual. */
  static Function<Demonstration, Future<FirstTransfer>> of(
      Services services,
      IsometricStores stores,
      Directory directory,
      SubjectToken token,
      ProjectReads reads,
      BufferPool pool,
      IdCodec codec,
      Ids usual) {
    var parties = new Parties(services);
    return demonstration -> {
      Ids ids = demonstration.isDemo() ? new DemoIds(SERIES) : usual;
      var suppliers = new Suppliers(directory, parties, stores.parties(), codec, ids);
      return new Demo(
              token,
              new Organisations(directory, parties, stores.parties(), codec, ids),
              suppliers,
              new Projects(services, directory, stores.projects(), reads, ids),
              new Issuances(services, directory, stores, pool, codec, ids),
              new Orders(services, directory, suppliers, stores.orders(), codec, ids),
              codec)
          .demonstrate(demonstration);
    };
  }

  private record Cast(Organisation seller, Organisation buyer, Supplier supplier) {}

  /** Every time but the first, each step finds its work done and changes nothing. */
  private Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    return organisation(demonstration, "seller", "Meadow Carbon", "meadow.example")
        .compose(
            seller ->
                organisation(demonstration, "buyer", "Harbour Foods", "harbour.example")
                    .compose(
                        buyer ->
                            supplier(demonstration, seller)
                                .map(supplier -> new Cast(seller, buyer, supplier))))
        .compose(
            cast ->
                issue(demonstration, cast.supplier())
                    .compose(done -> order(demonstration, cast))
                    .compose(done -> headers(demonstration, cast.seller()))
                    .map(headers -> shown(demonstration, cast, headers)));
  }

  private Future<Organisation> organisation(
      Demonstration demonstration, String role, String name, String domain) {
    String reference = demonstration.named(role);
    return organisations.register(
        demonstration.tenant(),
        Optional.of(reference),
        demonstration.pick(name, reference),
        demonstration.pick(Optional.of(domain), Optional.empty()));
  }

  private Future<Supplier> supplier(Demonstration demonstration, Organisation seller) {
    var supplier =
        new Supplier(
            suppliers.newId(),
            seller.id(),
            demonstration.pick("MEADOW", "FIRST"),
            demonstration.pick(Optional.of("Spreads crushed rock on fields"), Optional.empty()),
            Optional.empty(),
            Optional.of(LOCATION));
    return suppliers.register(demonstration.tenant(), supplier);
  }

  private Future<Void> issue(Demonstration demonstration, Supplier supplier) {
    TenantId tenant = demonstration.tenant();
    BigInteger kilograms =
        demonstration.funds(IssuanceRequest.MAX_BATCH_KG.longValueExact(), SHOWN_KG).units();
    var project =
        new ProjectDescription(
            demonstration.pick("Meadow Enhanced Weathering", demonstration.named("project")),
            demonstration.pick("DEMO", "FIRST"),
            PATHWAY,
            LOCATION.countryCode(),
            ProjectDescription.Standing.usual(PATHWAY),
            Optional.of(LOCATION));
    return projects
        .register(tenant, supplier.id(), project)
        .map(found -> codec.encode(IdPrefix.PROJECT, found.id()))
        .compose(
            id ->
                // The newest comes first in the list in which the shown call looks a batch up.
                smallBatches(demonstration, id)
                    .compose(
                        done -> issue(tenant, id, demonstration.named("issuance"), kilograms, 1)));
  }

  private Future<Void> smallBatches(Demonstration demonstration, String project) {
    return demonstration.isDemo()
        ? issue(
            demonstration.tenant(),
            project,
            demonstration.named("small-batches"),
            SMALL_KG,
            SMALL_BATCHES)
        : Future.succeededFuture();
  }

  private Future<Void> issue(
      TenantId tenant, String project, String reference, BigInteger kilograms, int count) {
    var batch =
        new IssuanceRequest.NewBatch(
            kilograms, BigInteger.ZERO, LocalDate.of(2025, 6, 1), true, List.of());
    var request =
        new IssuanceRequest(
            reference,
            project,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Collections.nCopies(count, batch));
    return issuances.issue(tenant, request).mapEmpty();
  }

  private Future<Void> order(Demonstration demonstration, Cast cast) {
    return demonstration.isDemo()
        ? orders
            .enter(
                demonstration.tenant(),
                demonstration.named("order"),
                cast.buyer(),
                cast.supplier(),
                ORDERED_KG,
                LocalDate.of(2026, 1, 1))
            .mapEmpty()
        : Future.succeededFuture();
  }

  /**
   * A part of a batch splits it, and what remains has a new id, so the command first asks which
   * batch the seller has now.
   */
  private FirstTransfer shown(Demonstration demonstration, Cast cast, Map<String, String> headers) {
    String line =
        """
        curl -sS %1$s/transfers %2$s -H 'Content-Type: application/json' -d \
        '{"credit_batch_quantities":[{"credit_batch_id":"'"$(curl -sS %2$s \
        '%1$s/organisations/%3$s/credit_batches?first=1' \
        | grep -o 'ctb_[0-9A-Z]*' | head -n 1)"'","credit_quantity_kg":%4$d}],\
        "from_organisation_id":"%3$s","to_organisation_id":"%5$s","supplier_id":"%6$s",\
        "notes":"%7$s"}'\
        """
            .formatted(
                demonstration.baseUrl() + "/registry/v0",
                FirstTransfer.HEADERS,
                codec.encode(IdPrefix.ORGANISATION, cast.seller().id().value()),
                SHOWN_KG,
                codec.encode(IdPrefix.ORGANISATION, cast.buyer().id().value()),
                codec.encode(IdPrefix.SUPPLIER, cast.supplier().id().value()),
                demonstration.pick("Sluice demo", "First transfer"));
    return new FirstTransfer(Map.of(), headers, line);
  }

  private Future<Map<String, String>> headers(
      Demonstration demonstration, Organisation organisation) {
    TenantId tenant = demonstration.tenant();
    String label = demonstration.name();
    UUID id = organisation.id().value();
    var subject = new Subject(id, codec.encode(IdPrefix.ORGANISATION, id));
    return Future.all(
            demonstration.issuer().issue(Names.CLIENT_SECRET, tenant, label),
            demonstration.issuer().issue(organisationToken, tenant, label, subject))
        .map(
            both ->
                Map.of(
                    "X-Client-Secret",
                    both.<String>resultAt(0),
                    "Authorization",
                    "Bearer " + both.<String>resultAt(1)));
  }
}
