package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.SealSettings;
import io.sluice.store.SealCorruptions.SealCorruption;
import io.sluice.store.Verifier.Finding;
import io.sluice.store.VerifierStep.Division;
import io.sluice.store.seal.Commits;
import io.sluice.store.seal.SealedBooks;
import io.sluice.store.seal.Sealer;
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
  private WholeBooks books;

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
    var sealed = new SealedBooks(pools, sealer);
    var tenant = new io.sluice.ledger.TenantId(1);
    await(sealed.hashes(tenant, List.of(books.refund)));
    test.execute("UPDATE sealed_head SET looked_to = sealed_to");
    var last =
        await(pool.query("SELECT id FROM transfer ORDER BY id DESC LIMIT 1").execute())
            .iterator()
            .next()
            .getUUID(0);
    await(sealed.hashes(tenant, List.of(new io.sluice.ledger.TransferId(last))));
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
        Verifier.run(test.database(), new Division(2, 4, 2, false), progress -> {}).findings();

    // Then
    assertThat(findings)
        .filteredOn(finding -> finding.invariant() == corruption.named())
        .flatExtracting(Finding::examples)
        .anySatisfy(
            example -> assertThat(example.toString()).contains(corruption.told().apply(books)));
  }

  @Test
  void everyInvariantOfSealsIsBroken() {
    // When
    Set<Invariant> broken = corruptions().map(SealCorruption::named).collect(Collectors.toSet());

    // Then
    assertThat(broken).isEqualTo(SealCorruptions.NAMED);
  }
}
