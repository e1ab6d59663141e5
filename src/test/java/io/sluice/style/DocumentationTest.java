package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.assembly.Assembly;
import io.sluice.testing.Await;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages in docs say, held against what there is. */
class DocumentationTest {
  private static final Path DOCS = Path.of("docs");
  private static final Pattern METER = Pattern.compile("# TYPE (sluice_\\w+) \\w+");

  /** The first cell of a table's row: {@code `POST /a`}, or {@code `POST`, `GET /a`}. */
  private static final Pattern CALLS =
      Pattern.compile("\\| ((?:`[A-Z]+`, )*`[A-Z]+ )(/[^`]+)` \\|.*");

  /** {@code `SomeTest.showsSomething`}, in backquotes. */
  private static final Pattern TEST =
      Pattern.compile("`\\w*(?:Test|Suite|IT|HostileInputs)\\.\\w+`");

  @Test
  void listsEveryCallOfEveryDialect() throws IOException {
    // Given
    Set<String> served =
        Stream.of("isometric", "orum", "scrip", "corebanq")
            .flatMap(dialect -> OpenApiDocument.of(dialect).operations().stream())
            .map(operation -> operation.method().toUpperCase(Locale.ROOT) + " " + operation.path())
            .collect(Collectors.toCollection(TreeSet::new));

    // When
    Set<String> listed =
        Files.readAllLines(DOCS.resolve("dialects.md")).stream()
            .map(CALLS::matcher)
            .filter(Matcher::matches)
            .flatMap(DocumentationTest::calls)
            .collect(Collectors.toCollection(TreeSet::new));

    // Then
    assertThat(listed).isEqualTo(served);
  }

  @Test
  void countsInTheReadmeWhatIsServed() throws IOException {
    // Given
    var counts =
        Stream.of("isometric", "orum", "scrip", "corebanq")
            .map(dialect -> OpenApiDocument.of(dialect).operations().size())
            .toList();
    int all = counts.stream().mapToInt(Integer::intValue).sum();

    // When
    String readme = Files.readString(Path.of("README.md")).replace('\n', ' ');

    // Then
    assertThat(readme)
        .contains(
            "%d operations in all: %d of Isometric's, %d of Orum's, %d of Scrip's, %d of CoreBanq's"
                .formatted(all, counts.get(0), counts.get(1), counts.get(2), counts.get(3)));
  }

  @Test
  void explainsEveryScopeOfOrum() throws IOException {
    // Given
    Pattern scope = Pattern.compile("`((?:read|write|invoke):[a-z-]+)`");
    String document = OpenApiDocument.of("orum").root().toString();

    // When
    String page = Files.readString(DOCS.resolve("orum-scopes.md"));

    // Then
    assertThat(scope.matcher(document).results().map(found -> "| " + found.group() + " |"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(page).contains(row));
  }

  @Test
  void namesEveryMeter() throws IOException {
    try (TestDatabase database = TestDatabase.create()) {
      // Given the meters of a gateway
      String page = Files.readString(DOCS.resolve("operations.md"));
      var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      Vertx vertx = Vertx.vertx();
      Assembly assembly = Await.result(TestingGateway.assembly(vertx, database, registry));

      // When
      Set<String> meters =
          registry
              .scrape()
              .lines()
              .map(METER::matcher)
              .filter(Matcher::matches)
              .map(matcher -> matcher.group(1).replaceAll("_max$", ""))
              .collect(Collectors.toCollection(TreeSet::new));

      // Then
      Await.result(assembly.stop());
      Await.result(vertx.close());
      assertThat(meters).isNotEmpty().allSatisfy(name -> assertThat(page).contains(name));
    }
  }

  @Test
  void listsEveryPage() throws IOException {
    // Given
    String index = Files.readString(DOCS.resolve("README.md"));

    // When
    try (Stream<Path> pages = Files.walk(DOCS)) {
      Set<String> links =
          pages
              .filter(page -> page.toString().endsWith(".md"))
              .map(page -> "(" + DOCS.relativize(page) + ")")
              .filter(link -> !link.equals("(README.md)"))
              .collect(Collectors.toCollection(TreeSet::new));

      // Then
      assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(index).contains(link));
    }
  }

  @Test
  void namesTestsThatExistWhereItTellsWhatHoldsAThreat() throws IOException {
    // Given
    String page = Files.readString(DOCS.resolve("security.md"));

    // When
    Set<String> named =
        TEST.matcher(page)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));

    // Then
    assertThat(named).isNotEmpty().allSatisfy(DocumentationTest::assertTestExists);
  }

  private static void assertTestExists(String name) throws IOException {
    String[] parts = name.replace("`", "").split("\\.");
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      assertThat(files.filter(path -> path.endsWith(parts[0] + ".java")))
          .as(name)
          .anySatisfy(
              file -> assertThat(Files.readString(file)).contains("void " + parts[1] + "("));
    }
  }

  private static Stream<String> calls(Matcher row) {
    return Stream.of(row.group(1).split("[`, ]+"))
        .filter(method -> !method.isEmpty())
        .map(method -> method + " " + row.group(2));
  }
}
