package io.sluice.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a configuration: Sluice's own sections, and those that the dialects bring. */
public final class ConfigReader {
  /** Finds what only another room can see to be wrong with a configuration. */
  @FunctionalInterface
  public interface Check {
    /**
     * What is wrong, in sentences without secrets.
     *
     * @param environment all variables
     */
    List<String> problems(SluiceConfig config, Map<String, String> environment);
  }

  private static final List<Section<?>> OWN =
      List.of(
          HttpSettings.SECTION,
          TlsSettings.HTTP,
          ManagementSettings.SECTION,
          TlsSettings.MANAGEMENT,
          ManagementClientSettings.SECTION,
          PipelineSettings.SECTION,
          BulkSettings.SECTION,
          DatabaseSettings.SECTION,
          DataSettings.SECTION,
          AccessSettings.SECTION,
          DemoMode.SECTION,
          EventSettings.SECTION,
          VerifySettings.SECTION,
          SealSettings.SECTION,
          NameSettings.SECTION,
          LogSettings.SECTION,
          TracingSettings.SECTION);

  private final List<Section<?>> sections;
  private final List<Key<?>> keys;
  private final List<Check> checks;

  /**
   * @param more sections besides Sluice's own
   * @throws IllegalArgumentException when two sections have a key of the same name
   */
  public ConfigReader(List<Section<?>> more) {
    this(more, List.of());
  }

  /** The same with what is to be asked of each configuration that is read. */
  public ConfigReader(List<Section<?>> more, List<Check> checks) {
    this.checks = List.copyOf(checks);
    sections = Stream.concat(OWN.stream(), more.stream()).toList();
    keys = sections.stream().<Key<?>>flatMap(section -> section.keys().stream()).toList();
    Map<String, Key<?>> byName = new HashMap<>();
    for (Key<?> key : keys) {
      if (byName.put(key.name(), key) != null) {
        throw new IllegalArgumentException("two sections have the key " + key.name());
      }
    }
  }

  /** Every key there is, in the order of the file. */
  public List<Key<?>> keys() {
    return keys;
  }

  /**
   * Reads the configuration. The command line comes before the environment, and that before the
   * file.
   *
   * @param file the file to read, if any
   * @param environment all variables; those that start with {@code SLUICE_} are looked at
   * @param options key names and values that the command line sets
   * @throws ConfigException with every problem found
   */
  public SluiceConfig read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    ConfigSources sources = new ConfigSources(keys);
    file.ifPresent(sources::addFile);
    sources.addEnvironment(environment);
    options.forEach(sources::addOption);
    Map<Section<?>, Object> values = new HashMap<>();
    sections.forEach(section -> values.put(section, section.read(sources)));
    SluiceConfig config = new SluiceConfig(values);
    compare(config, sources);
    for (Check check : checks) {
      check.problems(config, environment).forEach(sources::addProblem);
    }
    sources.throwIfWrong();
    return config;
  }

  /** What is allowed alone, but not together. */
  private static void compare(SluiceConfig config, ConfigSources sources) {
    if (config.demo() == DemoMode.TRUE && !config.http().isLoopback()) {
      sources.addProblem(
          ("demo.enabled (--demo) is true, but http.host (%s) can be reached from the network, and"
                  + " the demo prints credentials that work: set http.host to 127.0.0.1, or leave"
                  + " the demo out")
              .formatted(config.http().host()));
    }
    config.httpTls().problems("http").forEach(sources::addProblem);
    config.managementTls().problems("management").forEach(sources::addProblem);
    if (!config.managementClient().isWhole()) {
      sources.addProblem(
          "management.client.certificateFile and management.client.keyFile need each other");
    }
    compareTimes(config, sources);
  }

  /** Of two who wait for the same thing, the one that can say more about it gives up first. */
  private static void compareTimes(SluiceConfig config, ConfigSources sources) {
    DatabaseLimits limits = config.database().limits();
    var request = new Time("http.requestTimeoutMs", config.http().requestTimeoutMs());
    var deadline = new Time("pipeline.deadlineMs", config.pipeline().deadlineMs());
    var laneLock = new Time("pipeline.lockTimeoutMs", config.pipeline().lockTimeoutMs());
    var flush = new Time("pipeline.flushTimeoutMs", config.pipeline().flushTimeoutMs());
    var query = new Time("database.queryTimeoutMs", limits.queryTimeoutMs());
    var statement = new Time("database.statementTimeoutMs", limits.statementTimeoutMs());
    var lock = new Time("database.lockTimeoutMs", limits.lockTimeoutMs());
    for (List<Time> order :
        List.of(
            List.of(lock, statement, flush, deadline, request),
            List.of(laneLock, statement),
            List.of(statement, query, request))) {
      for (int i = 1; i < order.size(); i++) {
        order.get(i - 1).requireLessThan(order.get(i), sources);
      }
    }
  }

  private record Time(String key, int ms) {
    void requireLessThan(Time other, ConfigSources sources) {
      if (ms >= other.ms) {
        sources.addProblem(
            "%s (%d) must be less than %s (%d)".formatted(key, ms, other.key, other.ms));
      }
    }
  }
}
