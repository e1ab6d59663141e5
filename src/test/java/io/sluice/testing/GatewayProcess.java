package io.sluice.testing;

import io.sluice.dialect.Json;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole program in a process of its own, which a test may end as roughly as it likes. */
public final class GatewayProcess implements AutoCloseable {
  private static final String LAST_LINE_OF_PAGE = "Ctrl-C";

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> printed = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Boolean> serving = new CompletableFuture<>();
  private final CompletableFuture<Void> silent = new CompletableFuture<>();

  private GatewayProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts {@code serve --demo} on free ports.
   *
   * @param directory where it keeps its keys
   * @param environment settings, without those of this process that would change a gateway
   */
  public static GatewayProcess start(Path directory, Map<String, String> environment) {
    return start(List.of(), ours(), List.of("--demo"), directory, environment);
  }

  /**
   * Starts {@code serve} on free ports, of another build.
   *
   * @param before what that build has on the class path in front of this one's
   */
  public static GatewayProcess startBuild(
      List<Path> before, Path directory, Map<String, String> environment) {
    String classPath =
        Stream.concat(before.stream().map(Path::toString), Stream.of(ours()))
            .collect(Collectors.joining(File.pathSeparator));
    return start(List.of(), classPath, List.of(), directory, environment);
  }

  private static String ours() {
    return System.getProperty("java.class.path");
  }

  /**
   * The same by way of another process, which is the one that this stands for, and with which the
   * gateway is to end.
   */
  public static GatewayProcess startByAnother(Path directory, Map<String, String> environment) {
    List<String> other = List.of("sh", "-c", "\"$@\" & wait", "other");
    return start(other, ours(), List.of("--demo", "--end-with-parent"), directory, environment);
  }

  private static GatewayProcess start(
      List<String> before,
      String classPath,
      List<String> options,
      Path directory,
      Map<String, String> environment) {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "-Dlogback.configurationFile=logback.xml",
            "io.sluice.Main",
            "serve"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    Map<String, String> all = builder.environment();
    all.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("SLUICE_"));
    all.remove("DATABASE_URL");
    all.put("SLUICE_HTTP_PORT", "0");
    all.put("SLUICE_MANAGEMENT_PORT", "0");
    all.put("SLUICE_HTTP_ACCESS_LOG", "false");
    all.put("SLUICE_HTTP_LAME_DUCK_MS", "0");
    all.putAll(environment);
    try {
      return new GatewayProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a line of JSON says, or the line itself. */
  private static List<String> page(String line) {
    return line.startsWith("{\"@timestamp\"")
        ? Json.parse(Buffer.buffer(line)).path("message").textValue().lines().toList()
        : List.of(line);
  }

  private void take(String line) {
    lines.add(line);
    if (line.startsWith(LAST_LINE_OF_PAGE)) {
      serving.complete(true);
    }
  }

  /** The lines as they were printed. */
  public List<String> printed() {
    return List.copyOf(printed);
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        printed.add(line);
        page(line).forEach(this::take);
      }
    } catch (IOException e) {
      lines.add("no more of its output: " + e.getMessage());
    } finally {
      serving.complete(false);
      silent.complete(null);
    }
  }

  /** Waits until it has printed its page; fails the test when it ends instead. */
  public GatewayProcess awaitServing() {
    try {
      if (!serving.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it did not start:\n" + output());
      }
      return this;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("it did not start:\n" + output(), e);
    }
  }

  /** What it has started itself. */
  public ProcessHandle child() {
    return process.children().findFirst().orElseThrow();
  }

  /** Everything that it has printed so far. */
  public String output() {
    return String.join("\n", lines);
  }

  /** The printed call that contains a text. */
  public String call(String part) {
    return lines.stream()
        .filter(line -> line.startsWith("curl ") && line.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no call with " + part + ":\n" + output()));
  }

  /** Where its management port is, without a slash at the end. */
  public String managementUrl() {
    return url("Management");
  }

  /** Where its APIs are, without a slash at the end. */
  public String baseUrl() {
    return url("APIs");
  }

  private String url(String name) {
    return lines.stream()
        .filter(line -> line.strip().startsWith(name))
        .map(line -> line.replaceAll(".*(http://\\S+).*", "$1"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no URL of " + name + ":\n" + output()));
  }

  /** SIGKILL: it does nothing more. */
  public void kill() {
    process.toHandle().destroyForcibly();
    exitCode();
  }

  /** SIGTERM, as a service manager does. */
  public void terminate() {
    // Not the method of Process, which would also close what is still to be read.
    process.toHandle().destroy();
  }

  /** Waits for its end, and for the last of what it printed. */
  public int exitCode() {
    try {
      silent.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("it does not end:\n" + output(), e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
