package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.GatewayProcess;
import io.sluice.testing.MarkdownBlocks;
import io.sluice.testing.MarkdownBlocks.Block;
import io.sluice.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The commands of all pages, run by a shell against one gateway with its demo, and the answers
 * beside them. What Sluice makes up is left out of a comparison: ids, times, hashes and secrets; so
 * is whatever a page leaves out with an ellipsis.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class DocumentedCommandsTest {
  /** What blocks may be, by the word after their fence. */
  private static final Set<String> LANGUAGES = Set.of("sh", "json", "sql", "console", "text");

  private static final String BOOTSTRAP = "umask 077 && bin/sluice bootstrap acme ";

  /** Why a block of commands is not run, by how it begins. */
  private static final Map<String, String> NOT_RUN =
      Map.ofEntries(
          Map.entry("mvn ", "it builds this very project"),
          Map.entry("JAVA_HOME=", "it runs all tests over and over"),
          Map.entry("loadtest/", "it measures for minutes; loadtest has tests of its own"),
          Map.entry("docker build", "it needs Docker"),
          Map.entry("cd deploy", "it needs Docker; ComposeFileTest reads the file"),
          Map.entry("kubectl ", "it needs a cluster; KubernetesFilesTest reads the files"),
          Map.entry("sudo ", "it changes the machine; SystemdUnitTest reads the unit"),
          Map.entry("bin/sluice serve", "it is what these commands are run against"),
          Map.entry("pg_dump", "it is of the server's version on few machines; BackupTest runs it"),
          Map.entry("pg_basebackup", "it needs a server whose log is archived"),
          Map.entry("createdb", "it needs a server of the reader's; BackupTest restores a dump"),
          Map.entry("cp -a", "it is a whole server that goes back"),
          Map.entry("tar ", "it is for a gateway that was stopped"),
          Map.entry(
              "openssl rand", "others go on with the token before; AdminTokenTest replaces one"),
          Map.entry(BOOTSTRAP, "a test of its own runs it"),
          Map.entry("java @conf/jvm.options -XX:AOT", "it needs a package; PackagedIT does it"),
          Map.entry("CREATE ROLE", "roles belong to a whole server; GrantsTest makes such"),
          Map.entry("SLUICE_DATABASE_URL=", "it needs those roles"),
          Map.entry("SELECT pid", "what others do on a server is for its administrator to see"),
          Map.entry("-- Its shard", "it needs Citus; TenantMoveTest moves tenants so"),
          Map.entry("SELECT citus_add_node", "it needs servers of the reader's"),
          Map.entry("DATABASE_URL='postgresql://postgres@localhost:9700", "it needs Citus"),
          Map.entry(
              "PGPASSFILE=", "it needs a PostgreSQL of Sluice's own; EmbeddedPrivacyTest has one"),
          Map.entry(
              "curl -sST transfers.ndjson",
              "it needs a file of the reader's; BulkTest sends lines"));

  private static final String PACKAGED =
      "(java @conf/jvm.options -jar target/sluice.jar|bin/sluice)";

  private static GatewayProcess gateway;
  private static TestDatabase database;
  private static Path directory;
  private static String environment = "";

  @BeforeAll
  static void start() throws IOException {
    directory = Files.createTempDirectory("sluice-documented");
    Files.createSymbolicLink(directory.resolve("docs"), Path.of("docs").toAbsolutePath());
    database = TestDatabase.create();
    gateway =
        GatewayProcess.start(
                directory, Map.of("DATABASE_URL", database.url(), "SLUICE_LOG_FORMAT", "text"))
            .awaitServing();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    database.close();
    TestDatabase.delete(directory);
  }

  static List<Block> blocks() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "loadtest/README.md")
                  .map(Path::of),
              docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .flatMap(page -> MarkdownBlocks.of(page).stream())
          .toList();
    }
  }

  @Test
  void hasBlocksOfKnownLanguagesAndAReasonForEachThatIsNotRun() throws IOException {
    // When
    List<Block> blocks = blocks();

    // Then
    assertThat(blocks).isNotEmpty().allMatch(block -> LANGUAGES.contains(block.language()));
    assertThat(NOT_RUN.keySet())
        .allMatch(reason -> blocks.stream().anyMatch(block -> block.name().startsWith(reason)));
    assertThat(blocks)
        .filteredOn(block -> block.language().equals("sql"))
        .allMatch(DocumentedCommandsTest::isNotRun);
  }

  @Test
  void printsThePageThatTheReadmeShows() throws IOException {
    // Given
    Block page =
        blocks().stream()
            .filter(block -> block.name().startsWith("Sluice "))
            .findFirst()
            .orElseThrow();

    // When
    String printed = gateway.output();

    // Then
    assertThat(page.text().lines().filter(line -> !line.contains("Database")))
        .allSatisfy(
            line -> assertThat(printed.lines()).anyMatch(other -> isLike(local(line), other)));
  }

  /** What is shortened in a call of the README is whole in the one that is printed. */
  @Test
  void answersTheCallsOfTheReadmeAsItShows() throws Exception {
    for (Block block : blocks()) {
      if (block.language().equals("console") && block.name().startsWith("curl ")) {
        // Given
        String[] parts = block.text().split("\n\n");
        String path = block.name().replaceAll(".*http://[^/]+(/[^ /]+/[^ /]+).*", "$1");
        String printed = gateway.call(path);

        // When
        String answer = shell(printed.replaceFirst("curl", "curl -w '\\\\n%{http_code}'"));

        // Then
        List<String> lines = answer.lines().toList();
        assertThat(squeezed(lines.getLast() + " " + lines.getFirst()))
            .as(block.toString())
            .matches(pattern(parts[1]));
        assertThat(squeezed(printed)).as(block.toString()).matches(calling(parts[0]));
      }
    }
  }

  @Test
  void runsEveryOtherCommandAndGetsTheAnswerBesideIt() throws Exception {
    // Given
    String id = shell(gateway.call("/v1/transfers")).replaceAll(".*entry_id\":\"([^\"]+).*", "$1");
    environment = "export ID=" + id.strip() + "\n";
    // Whoever asks for a receipt has all before it sealed.
    shell(
        "curl -sS -H \"Authorization: Bearer $(cat data/admin-token)\" "
            + gateway.managementUrl()
            + "/admin/tenants/1/seal/receipts/$ID");
    List<Block> blocks = blocks();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (block.language().equals("sh") && !isNotRun(block)) {
        // When
        String answer = shell(local(block.text()));

        // Then
        Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : block;
        if (next.language().equals("json")) {
          assertThat(squeezed(answer)).as(block.toString()).matches(pattern(next.text()));
        }
        environment += local(variables(block));
      }
    }
  }

  /** The last test, as the tenants that it makes have numbers, which other pages show. */
  @Test
  void transfersInEachDialectAsGettingStartedSays() throws Exception {
    // Given
    Block block =
        blocks().stream()
            .filter(each -> each.name().startsWith(BOOTSTRAP))
            .findFirst()
            .orElseThrow();

    // When
    environment += "export SLUICE_LOG_LEVEL=debug\n";
    String answers = shell(local(block.text()).replace("acme", "newcomer"));

    // Then what is in the script is in no line of any log
    assertThat(secrets(Files.readString(directory.resolve("newcomer.sh"))))
        .hasSizeGreaterThan(5)
        .noneMatch(answers::contains)
        .noneMatch(gateway.output()::contains);
    assertThat(answers)
        .contains(
            "\"credits\":125.632",
            "\"status\":\"completed\"",
            "\"total_amount\":\"1.50\"",
            "\"destination_entry\":{");
  }

  /** Tokens, keys, secrets and passwords. */
  private static Set<String> secrets(String script) {
    return Pattern.compile(
            "(?:Bearer |X-Client-Secret: |X-API-Key: |client_secret |password )([^',\\s]{16,})")
        .matcher(script)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static boolean isNotRun(Block block) {
    return NOT_RUN.keySet().stream().anyMatch(block.name()::startsWith);
  }

  /** What later blocks of a page go on using. */
  private static String variables(Block block) {
    return block
        .text()
        .lines()
        .filter(line -> line.matches("[A-Z]+=.*"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** The same with this gateway's addresses, and with the classes in place of the package. */
  private static String local(String text) {
    String sluice =
        "'%s' -cp '%s' io.sluice.Main"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"));
    return text.replace("http://127.0.0.1:8080", baseUrl())
        .replace("http://127.0.0.1:9090", gateway.managementUrl())
        .replaceAll(PACKAGED + " ", Matcher.quoteReplacement(sluice + " "));
  }

  private static String baseUrl() {
    return gateway.call("/v1/transfers").replaceAll(".*(http://[^/]+)/.*", "$1");
  }

  private static String shell(String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-ec", environment + script)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().put("DATABASE_URL", database.url());
    builder.environment().put("SLUICE_HTTP_PUBLIC_URL", baseUrl());
    String port = gateway.managementUrl().replaceAll(".*:", "");
    builder.environment().put("SLUICE_MANAGEMENT_PORT", port);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(script + "\n" + output).isZero();
    return output;
  }

  private static boolean isLike(String shown, String printed) {
    return Pattern.matches(pattern(shown), squeezed(printed));
  }

  /** The pattern of a call: an address is one, and a value that is looked up is any. */
  private static String calling(String shown) {
    return pattern(local(shown).replace("\\\n", " "));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** What is the same each time of a text, without blanks. */
  private static String pattern(String shown) {
    Matcher changing =
        Pattern.compile(
                "…(?:,…\\})?|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|[0-9a-f]{8}-[0-9a-f-]{27}"
                    + "|[a-z]{3}_[0-9A-Z]{16}|\"balance\":-?\\d+")
            .matcher(squeezed(shown));
    var pattern = new StringBuilder();
    int end = 0;
    while (changing.find()) {
      pattern.append(Pattern.quote(squeezed(shown).substring(end, changing.start())));
      pattern.append(any(changing.group()));
      end = changing.end();
    }
    return pattern.append(Pattern.quote(squeezed(shown).substring(end))).toString();
  }

  private static String any(String changing) {
    if (changing.startsWith("…")) {
      return ".*?";
    }
    return changing.startsWith("\"balance\"") ? "\"balance\":-?\\d+" : "[0-9A-Za-z_:.-]+";
  }
}
