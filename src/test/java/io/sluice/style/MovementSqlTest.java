package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * There is no second way to move value: of all SQL, only that of the lanes writes transfers,
 * postings and lots, or what an account holds. Everything else may open accounts, which hold
 * nothing then, and change what they may do.
 */
class MovementSqlTest {
  private static final Path SOURCES = Path.of("src", "main");
  private static final List<Path> LANES =
      Stream.of("BooksSql", "LotSql")
          .map(name -> SOURCES.resolve("java/io/sluice/store/" + name + ".java"))
          .toList();

  /** A statement, the table, and all up to where it says which rows. */
  private static final Pattern WRITE =
      Pattern.compile(
          "(?i)\\b(INSERT\\s+INTO|UPDATE|DELETE\\s+FROM|MERGE\\s+INTO|TRUNCATE|COPY)\\s+"
              + "(?:ONLY\\s+|TABLE\\s+)?(account|lot|transfer|listed_posting|lot_movement)\\b"
              + "(?=((?:(?!\\bWHERE\\b|\\bVALUES\\b|\\bRETURNING\\b|;).)*)(WHERE false)?)",
          Pattern.DOTALL);

  /** What movements make of an account. */
  private static final Pattern HOLDINGS = Pattern.compile("(?i)\\b(balance|overdrawn|sequence)\\b");

  @Test
  void onlyTheLanesWriteWhatMoves() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(SOURCES)) {
      files = found.filter(file -> file.toString().matches(".*\\.(java|sql)")).sorted().toList();
    }

    assertThat(files).containsAll(LANES);
    for (Path file : files) {
      if (LANES.contains(file)) {
        assertThat(movements(Sources.read(file))).as(file.toString()).hasSizeGreaterThan(2);
      } else {
        assertThat(movements(Sources.read(file))).as(file.toString()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE account SET balance = balance + $3 WHERE tenant_id = $1",
        "update account set status = 1, sequence = 0",
        "INSERT INTO account (tenant_id, id, balance) VALUES ($1, $2, 5)",
        "DELETE FROM account WHERE tenant_id = $1",
        "WITH l AS (UPDATE lot SET expires_at = $2 WHERE id = $1) SELECT 1",
        "INSERT INTO\n  transfer (tenant_id) SELECT 1",
        "TRUNCATE TABLE lot_movement"
      })
  void findsWhatMoves(String sql) {
    assertThat(movements(sql)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE account SET status = $3 WHERE balance = 0",
        "INSERT INTO account (tenant_id, id, floor) VALUES ($1, $2, $3)",
        "UPDATE lot SET remaining = remaining WHERE false",
        "SELECT id FROM account WHERE tenant_id = $1 FOR UPDATE"
      })
  void letsTheRestPass(String sql) {
    assertThat(movements(sql)).isEmpty();
  }

  private static List<String> movements(String text) {
    return WRITE
        .matcher(text)
        .results()
        .filter(found -> found.group(4) == null && !isHarmless(found))
        .map(MatchResult::group)
        .toList();
  }

  /** An account is opened, or may do other things from now on. */
  private static boolean isHarmless(MatchResult found) {
    String verb = found.group(1).toUpperCase(Locale.ROOT);
    return found.group(2).equalsIgnoreCase("account")
        && (verb.startsWith("INSERT") || verb.equals("UPDATE"))
        && !HOLDINGS.matcher(found.group(3)).find();
  }
}
