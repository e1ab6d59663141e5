package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.SealSettings;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.SealCorruptions.SealCorruption;
import io.sluice.store.Verifier.Finding;
import io.sluice.store.VerifierStep.Division;
import io.sluice.store.seal.Commits;
import io.sluice.store.seal.SealedBooks;
import io.sluice.store.seal.Sealer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks sealed books in every way, and expects that it is named what was broken and where. */
class SealVerifierTest extends PgStoreTest {
  private static final String ADD_REFUSED =
      "INSERT INTO transfer SELECT (jsonb_populate_record(t, jsonb_build_object('id', '%s', 'key',"
          + " NULL, 'fingerprint', NULL))).* FROM transfer t WHERE %s";

  private WholeBooks books;
  private SealedBooks sealed;

  @BeforeEach
  void seal() {
    books = new WholeBooks(test, 1);
    var sealer =
        new Sealer(
            vertx,
            pools,
            new PgTenantStore(pools),
            SealSettings.SECTION.defaults(),
            clock,
            new Commits(),
            new SimpleMeterRegistry());
    sealed = new SealedBooks(pools, sealer);
    var tenant = new TenantId(1);
    await(sealed.hashes(tenant, List.of(books.refund)));
    test.execute("UPDATE sealed_head SET looked_to = sealed_to");
    var last =
        await(pool.query("SELECT id FROM transfer ORDER BY id DESC LIMIT 1").execute())
            .iterator()
            .next()
            .getUUID(0);
    await(sealed.hashes(tenant, List.of(new TransferId(last))));
    assertThat(Verifier.run(test.database(), progress -> {}).findings()).isEmpty();
    test.execute(
        """
        DO $$
        DECLARE found record;
        BEGIN
          FOR found IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint
                        WHERE contype IN ('c', 'p') AND connamespace = 'public'::regnamespace
                          AND conrelid::regclass::text IN ('transfer', 'sealed_block') LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.relation, found.conname);
          END LOOP;
        END $$;
        DROP INDEX account_number
        """);
  }

  static Stream<SealCorruption> corruptions() {
    return SealCorruptions.all();
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void names(SealCorruption corruption) {
    // Given
    test.execute(corruption.sql().apply(books));

    // When
    List<Finding> findings =
        Verifier.run(test.database(), new Division(2, 4, 2, false, 1 << 20), progress -> {})
            .findings();

    // Then
    assertThat(findings)
        .filteredOn(finding -> finding.invariant() == corruption.named())
        .flatExtracting(Finding::examples)
        .anySatisfy(
            example -> assertThat(example.toString()).contains(corruption.told().apply(books)));
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void namesTheSameWherePostgresqlLooksAccountsUp(SealCorruption corruption) {
    // Given
    test.execute(corruption.sql().apply(books));
    List<Finding> before =
        Verifier.run(test.database(), new Division(1, 1_000, 1_000, true, 1 << 20), step -> {})
            .findings();

    // When
    List<Finding> findings =
        Verifier.run(test.database(), new Division(2, 4, 2, false, 0), step -> {}).findings();

    // Then: in how many parts something is found that is nowhere is not said
    assertThat(findings)
        .extracting(Finding::invariant)
        .containsAll(before.stream().map(Finding::invariant).toList());
  }

  @Test
  void readsEntriesOnceWhereAllIsSealed() {
    // Given: also one that was sealed late
    var early = new java.util.UUID(0x7000L, 0x8000_0000_0000_0007L);
    test.execute(ADD_REFUSED.formatted(early, Corruption.is(books.refusal)));
    test.execute("UPDATE sealed_head SET looked_to = '00000000-0000-0000-0000-000000000000'");
    await(sealed.hashes(new TenantId(1), List.of(new TransferId(early))));
    test.execute("UPDATE sealed_head SET looked_to = sealed_to");

    // When
    var said = new ArrayList<String>();
    Verifier.Report report =
        Verifier.run(
            test.database(), new Division(2, 4, 2, false, 1 << 20), step -> said.add(step.what()));

    // Then
    assertThat(report.findings()).isEmpty();
    assertThat(said).doesNotContain(BookCheck.SEALED_COMPLETE.title());
  }

  @Test
  void makesOneFindingOfWhatSeveralPartsFind() {
    // Given
    test.execute("UPDATE transfer SET detail = '{\"changed\":true}'");
    long size =
        await(pool.query("SELECT sum(size)::bigint FROM sealed_head").execute())
            .iterator()
            .next()
            .getLong(0);

    // When
    List<Finding> findings =
        Verifier.run(test.database(), new Division(2, 4, 2, false, 1 << 20), step -> {}).findings();

    // Then
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.invariant()).isEqualTo(Invariant.SEALED_CONTENT);
              assertThat(finding.violations()).isEqualTo(size);
              assertThat(finding.examples()).hasSize(Verifier.MAX_EXAMPLES);
            });
  }

  @Test
  void namesWhatWasAddedAmongThoseThatAreNotMissedYet() {
    // Given: entries whose time for being late is not over, one of them sealed twice
    test.execute(
        "UPDATE sealed_head SET looked_to = '00000000-0000-0000-0000-000000000000';"
            + " INSERT INTO sealed_block SELECT tenant_id, 9, 90, true, sealed_at, ids[2], ids[2],"
            + " previous, ids[2:2], substring(hashes FOR 32) FROM sealed_block WHERE number = 0");

    // When
    List<Finding> findings = Verifier.run(test.database(), step -> {}).findings();

    // Then
    assertThat(findings).extracting(Finding::invariant).contains(Invariant.SEALED_ONCE);
  }

  @Test
  void everyInvariantOfSealsIsBroken() {
    // When
    Set<Invariant> broken = corruptions().map(SealCorruption::named).collect(Collectors.toSet());

    // Then
    assertThat(broken).isEqualTo(SealCorruptions.NAMED);
  }
}
