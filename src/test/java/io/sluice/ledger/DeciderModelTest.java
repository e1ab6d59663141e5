package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;

/**
 * Random commands of every kind, batch by batch, each batch over books that hold nothing but what
 * its commands say they need: whatever comes of a command, a naive second ledger has foretold it,
 * and what is written is what that one holds.
 */
class DeciderModelTest {
  private static final int BATCHES = 12;

  @Property(tries = 200)
  void aNaiveLedgerForetellsEverything(@ForAll Random random) {
    // Given
    var world = new RandomLedger(random);

    for (int batch = 0; batch < BATCHES; batch++) {
      // When
      List<String> answers = world.decideABatch();

      // Then
      assertThat(answers).isEqualTo(world.foretold());
      assertThat(world.written()).isEqualTo(world.foretoldState());
      answers.forEach(answer -> Statistics.collect(word(answer)));
    }
    Statistics.label("gives back").collect(world.hasGivenBack());
    Statistics.label("gives back")
        .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 20.0));
    Statistics.coverage(DeciderModelTest::everyAnswerOccurs);
  }

  /** What became of the command, and for what reason. */
  private static String word(String answer) {
    String[] words = answer.split("[ \\[]", 3);
    return words[0].equals("refused") ? words[1] : words[0];
  }

  private static void everyAnswerOccurs(StatisticsCoverage coverage) {
    coverage.check("posted").percentage(percent -> percent > 20.0);
    for (String word :
        List.of(
            "replayed",
            "conflict",
            "HOLDER",
            "ACCOUNT",
            "DOOM",
            "InsufficientFunds",
            "BalanceOutOfRange",
            "LotUnknown",
            "LotNotHeld",
            "LotIssuerMismatch",
            "LotUnavailable",
            "LotTooSmall",
            "LotIdTaken",
            "NothingToMove")) {
      coverage.check(word).count(times -> times > 0);
    }
  }
}
