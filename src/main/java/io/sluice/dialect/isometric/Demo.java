package io.sluice.dialect.isometric;

import io.sluice.access.CredentialIssuer.Subject;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.dialect.DemoIds;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Services;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.IsometricStores;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Sets up a supplier with one very large batch and some small ones, and a buyer with an order; and
 * shows one transfer.
 */
record Demo(
    SubjectToken organisationToken,
    Organisations organisations,
    Suppliers suppliers,
    Projects projects,
    Issuances issuances,
    Orders orders,
    IdCodec codec) {
  private static final String LABEL = "demo";
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

  /** Its ids are its own, from the first on. */
  static Demo of(
      Services services,
      IsometricStores stores,
      Directory directory,
      SubjectToken token,
      ProjectReads reads,
      BufferPool pool,
      IdCodec codec) {
    var ids = new DemoIds(SERIES);
    var parties = new Parties(services);
    var suppliers = new Suppliers(directory, parties, stores.parties(), codec, ids);
    return new Demo(
        token,
        new Organisations(directory, parties, stores.parties(), codec, ids),
        suppliers,
        new Projects(services, directory, stores.projects(), reads, ids),
        new Issuances(services, directory, stores, pool, codec, ids),
        new Orders(services, directory, suppliers, stores.orders(), codec, ids),
        codec);
  }

  private record Cast(Organisation seller, Organisation buyer, Supplier supplier) {}

  /** On every start but the first, each step finds its work done and changes nothing. */
  Future<String> demonstrate(Demonstration demonstration) {
    TenantId tenant = demonstration.tenant();
    return organisation(tenant, "demo-seller", "Meadow Carbon", "meadow.example")
        .compose(
            seller ->
                organisation(tenant, "demo-buyer", "Harbour Foods", "harbour.example")
                    .compose(
                        buyer ->
                            supplier(tenant, seller)
                                .map(supplier -> new Cast(seller, buyer, supplier))))
        .compose(
            cast ->
                issue(tenant, cast.supplier())
                    .compose(done -> order(tenant, cast))
                    .compose(done -> credentials(demonstration, cast.seller()))
                    .map(credentials -> command(demonstration, cast, credentials)));
  }

  private Future<Organisation> organisation(
      TenantId tenant, String reference, String name, String domain) {
    return organisations.register(tenant, Optional.of(reference), name, Optional.of(domain));
  }

  private Future<Supplier> supplier(TenantId tenant, Organisation seller) {
    var supplier =
        new Supplier(
            suppliers.newId(),
            seller.id(),
            "MEADOW",
            Optional.of("Spreads crushed rock on fields"),
            Optional.empty(),
            Optional.of(LOCATION));
    return suppliers.register(tenant, supplier);
  }

  private Future<Void> issue(TenantId tenant, Supplier supplier) {
    var project =
        new ProjectDescription(
            "Meadow Enhanced Weathering",
            "DEMO",
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
                issue(tenant, id, "demo-small-batches", SMALL_KG, SMALL_BATCHES)
                    .compose(
                        done ->
                            issue(tenant, id, "demo-issuance", IssuanceRequest.MAX_BATCH_KG, 1)));
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

  private Future<Void> order(TenantId tenant, Cast cast) {
    return orders
        .enter(
            tenant,
            "demo-order",
            cast.buyer(),
            cast.supplier(),
            ORDERED_KG,
            LocalDate.of(2026, 1, 1))
        .mapEmpty();
  }

  /**
   * A part of a batch splits it, and what remains has a new id, so the command first asks which
   * batch the seller has now.
   */
  private String command(Demonstration demonstration, Cast cast, String credentials) {
    return """
    curl -sS %1$s/transfers %2$s -H 'Content-Type: application/json' -d \
    '{"credit_batch_quantities":[{"credit_batch_id":"'"$(curl -sS %2$s \
    '%1$s/organisations/%3$s/credit_batches?first=1' \
    | grep -o 'ctb_[0-9A-Z]*' | head -n 1)"'","credit_quantity_kg":%4$d}],\
    "from_organisation_id":"%3$s","to_organisation_id":"%5$s","supplier_id":"%6$s",\
    "notes":"Sluice demo"}'\
    """
        .formatted(
            demonstration.baseUrl() + "/registry/v0",
            credentials,
            codec.encode(IdPrefix.ORGANISATION, cast.seller().id().value()),
            SHOWN_KG,
            codec.encode(IdPrefix.ORGANISATION, cast.buyer().id().value()),
            codec.encode(IdPrefix.SUPPLIER, cast.supplier().id().value()));
  }

  /** The headers that say who calls. */
  private Future<String> credentials(Demonstration demonstration, Organisation organisation) {
    TenantId tenant = demonstration.tenant();
    UUID id = organisation.id().value();
    var subject = new Subject(id, codec.encode(IdPrefix.ORGANISATION, id));
    return Future.all(
            demonstration.issuer().issue(Names.CLIENT_SECRET, tenant, LABEL),
            demonstration.issuer().issue(organisationToken, tenant, LABEL, subject))
        .map(
            both ->
                "-H 'X-Client-Secret: %s' -H 'Authorization: Bearer %s'"
                    .formatted(both.<String>resultAt(0), both.<String>resultAt(1)));
  }
}
