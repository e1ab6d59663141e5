package io.sluice.clients;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged product in a process of its own, on a PostgreSQL that is thrown away. */
final class Gateway implements AutoCloseable {
  private static final Pattern APIS = Pattern.compile("^ *APIs +(http:\\S+).*");
  private static final Pattern MANAGEMENT = Pattern.compile("^ *Management +(http:\\S+).*");
  private static final String LAST_LINE_OF_PAGE = "Ctrl-C";
  private static final int STOP_TIMEOUT_S = 30;
  private static final int TOKEN_BYTES = 32;

  private final Path root;
  private final Path work;
  private final String adminToken;
  private final Process process;
  private String url = "";
  private String managementUrl = "";

  /**
   * Starts it and waits until it serves.
   *
   * @param root the checkout, in which it has been packaged
   */
  Gateway(Path root) throws IOException {
    this.root = root;
    work = Files.createTempDirectory("sluice-clients");
    var random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    adminToken = HexFormat.of().formatHex(random);
    process = start("serve");
    var lines = new ArrayList<String>();
    var out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      url = found(APIS, line, url);
      managementUrl = found(MANAGEMENT, line, managementUrl);
      if (line.startsWith(LAST_LINE_OF_PAGE)) {
        Thread.ofVirtual().start(() -> out.lines().forEach(System.out::println));
        return;
      }
    }
    close();
    throw new IOException("the gateway did not start:\n" + String.join("\n", lines));
  }

  private static String found(Pattern pattern, String line, String otherwise) {
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? matcher.group(1) : otherwise;
  }

  private Process start(String command) throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root.resolve("conf/jvm.options"),
                "-jar",
                root.resolve("target/sluice.jar").toString(),
                command)
            .directory(work.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    // What the caller's environment says of databases and of Sluice is meant for something else.
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("SLUICE_"));
    environment.remove("DATABASE_URL");
    environment.put("SLUICE_DATA_DIRECTORY", work.resolve("data").toString());
    environment.put("SLUICE_HTTP_PORT", "0");
    environment.put("SLUICE_MANAGEMENT_PORT", "0");
    environment.put("SLUICE_MANAGEMENT_ADMIN_TOKEN", adminToken);
    environment.put("SLUICE_HTTP_ACCESS_LOG", "false");
    environment.put("SLUICE_HTTP_LAME_DUCK_MS", "0");
    environment.put("SLUICE_DEMO_ENABLED", "false");
    environment.put("SLUICE_EVENTS_ALLOWED_NETWORKS", "127.0.0.1/32");
    environment.put("SLUICE_LOG_LEVEL", "warn");
    return builder.start();
  }

  /** Where the providers' APIs are, without a slash at the end. */
  String url() {
    return url;
  }

  String managementUrl() {
    return managementUrl;
  }

  String adminToken() {
    return adminToken;
  }

  /** The document of a dialect that it serves itself. */
  String document(String dialect) {
    URI address = URI.create(url + "/openapi/" + dialect + ".yaml");
    return Management.send(HttpRequest.newBuilder(address).build()).body();
  }

  /** Stops it and says whether its books are whole. */
  boolean stopAndVerify() throws IOException {
    stop();
    Process verify = start("verify");
    List<String> lines = verify.inputReader(StandardCharsets.UTF_8).lines().toList();
    boolean whole = verify.onExit().join().exitValue() == 0;
    System.out.println(whole ? "the books are whole" : String.join("\n", lines));
    return whole;
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
