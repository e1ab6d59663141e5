package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.store.Verifier.Finding;
import io.sluice.store.Verifier.Report;
import io.sluice.store.VerifierStep.Division;
import io.sluice.testing.TestDatabase;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks whole books in every way, and expects exactly that to be found. */
class VerifierFindsTest {
  /** Broken where lots have serial numbers: in the dialect's SerialNumbersTest. */
  private static final Set<Invariant> OF_REGISTERS =
      EnumSet.of(
          Invariant.SERIAL_REGISTER,
          Invariant.SERIAL_ISSUE,
          Invariant.SERIAL_PIECE,
          Invariant.LOT_RETIRED);

  private final TestDatabase test = TestDatabase.create();

  @AfterEach
  void close() {
    test.close();
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void names(Corruption corruption) {
    // Given
    var books = new WholeBooks(test, 1);
    new WholeBooks(test, 2);
    dropConstraints();
    test.execute(corruption.sql().apply(books));

    // When
    Report report = Verifier.run(test.database(), progress -> {});

    // Then
    Set<Invariant> expected = EnumSet.of(corruption.named());
    expected.addAll(corruption.along());
    assertThat(report.findings())
        .extracting(Finding::invariant)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(report.findings())
        .allSatisfy(
            finding -> {
              assertThat(finding.tenant()).isNotEqualTo(2);
              assertThat(finding.violations()).isPositive();
              assertThat(finding.examples()).isNotEmpty().doesNotContainNull();
              assertThat(finding.invariant().rule()).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void namesTheSameHoweverTheWorkIsDivided(Corruption corruption) {
    // Given
    var books = new WholeBooks(test, 1);
    dropConstraints();
    test.execute(corruption.sql().apply(books));
    Report atOnce =
        Verifier.run(test.database(), new Division(1, 1_000, 1_000, true, 1 << 20), progress -> {});

    // When
    Report divided =
        Verifier.run(test.database(), new Division(3, 4, 2, false, 1 << 20), progress -> {});

    // Then: which examples of many are shown is not said
    assertThat(divided.findings())
        .extracting(Finding::tenant, Finding::invariant, Finding::violations)
        .containsExactlyElementsOf(
            atOnce.findings().stream()
                .map(found -> tuple(found.tenant(), found.invariant(), found.violations()))
                .toList());
    assertThat(divided.rows()).isEqualTo(atOnce.rows());
  }

  @Test
  void everyInvariantIsBrokenByATest() {
    // When
    Set<Invariant> broken = corruptions().map(Corruption::named).collect(Collectors.toSet());

    // Then
    broken.addAll(SealCorruptions.NAMED);
    broken.addAll(OF_REGISTERS);
    assertThat(broken).containsExactlyInAnyOrder(Invariant.values());
  }

  static Stream<Corruption> corruptions() {
    return Stream.concat(BookCorruptions.all(), LotCorruptions.all());
  }

  /** So that what PostgreSQL itself prevents can be tried too. */
  private void dropConstraints() {
    test.execute(
        """
        DO $$
        DECLARE found record;
        BEGIN
          FOR found IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint
                        WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.relation, found.conname);
          END LOOP;
        END $$
        """);
  }
}
