package io.sluice.config;

import io.sluice.config.ConfigSources.Setting;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code access.issuers.NAME.FIELD}. */
final class IssuerReader {
  private static final String TENANT_CLAIM = "tenantClaim";
  private static final String UNSCOPED = "unscoped";
  private static final List<String> REQUIRED =
      List.of("issuer", "keys", "audience", "tenants", "dialects");
  private static final List<String> OPTIONAL = List.of(TENANT_CLAIM, UNSCOPED);

  private IssuerReader() {}

  static List<IssuerSettings> read(ConfigSources sources) {
    Map<String, Map<String, Setting>> byName = new TreeMap<>();
    sources
        .below(ConfigSources.ISSUER_PREFIX)
        .forEach((rest, setting) -> sort(sources, rest, setting, byName));
    List<IssuerSettings> issuers = new ArrayList<>();
    byName.forEach((name, fields) -> add(sources, name, fields, issuers));
    return List.copyOf(issuers);
  }

  private static void sort(
      ConfigSources sources,
      String rest,
      Setting setting,
      Map<String, Map<String, Setting>> byName) {
    int dot = rest.indexOf('.');
    String field = rest.substring(dot + 1);
    if (dot < 1 || !REQUIRED.contains(field) && !OPTIONAL.contains(field)) {
      sources.addProblem(
          "%s sets the unknown key %s; known are %sNAME. and one of %s, %s"
              .formatted(
                  setting.origin(),
                  ConfigSources.ISSUER_PREFIX + rest,
                  ConfigSources.ISSUER_PREFIX,
                  String.join(", ", REQUIRED),
                  String.join(", ", OPTIONAL)));
    } else {
      byName.computeIfAbsent(rest.substring(0, dot), _ -> new TreeMap<>()).put(field, setting);
    }
  }

  private static void add(
      ConfigSources sources,
      String name,
      Map<String, Setting> fields,
      List<IssuerSettings> issuers) {
    Set<String> missing = new TreeSet<>(REQUIRED);
    missing.removeAll(fields.keySet());
    if (!missing.isEmpty()) {
      sources.addProblem(
          ConfigSources.ISSUER_PREFIX + name + " lacks " + String.join(", ", missing));
      return;
    }
    Optional<URI> keys = parse(sources, name, fields, "keys", "a URI", URI::create);
    Optional<Set<Integer>> tenants =
        parse(
            sources,
            name,
            fields,
            "tenants",
            "numbers with commas between them",
            text -> list(text).map(Integer::valueOf).collect(Collectors.toSet()));
    Optional<Boolean> unscoped = unscoped(sources, name, fields);
    if (keys.isPresent() && tenants.isPresent() && unscoped.isPresent()) {
      try {
        issuers.add(issuer(fields, keys.get(), tenants.get(), unscoped.get()));
      } catch (IllegalArgumentException e) {
        sources.addProblem(ConfigSources.ISSUER_PREFIX + name + " " + e.getMessage());
      }
    }
  }

  /** Whether tokens without scopes are allowed; empty when it says something else. */
  private static Optional<Boolean> unscoped(
      ConfigSources sources, String name, Map<String, Setting> fields) {
    return fields.containsKey(UNSCOPED)
        ? parse(sources, name, fields, UNSCOPED, "allow or refuse", IssuerReader::allowed)
        : Optional.of(false);
  }

  private static boolean allowed(String text) {
    return switch (text) {
      case "allow" -> true;
      case "refuse" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static IssuerSettings issuer(
      Map<String, Setting> fields, URI keys, Set<Integer> tenants, boolean unscopedAllowed) {
    return new IssuerSettings(
        fields.get("issuer").text(),
        keys,
        fields.get("audience").text(),
        Optional.ofNullable(fields.get(TENANT_CLAIM)).map(Setting::text),
        tenants,
        list(fields.get("dialects").text()).collect(Collectors.toSet()),
        unscopedAllowed);
  }

  private static <T> Optional<T> parse(
      ConfigSources sources,
      String name,
      Map<String, Setting> fields,
      String field,
      String allowed,
      Function<String, T> parser) {
    Setting setting = fields.get(field);
    try {
      return Optional.of(parser.apply(setting.text()));
    } catch (IllegalArgumentException _) {
      sources.addProblem(
          "%s.%s is \"%s\" in %s, but must be %s"
              .formatted(
                  ConfigSources.ISSUER_PREFIX + name,
                  field,
                  setting.text(),
                  setting.origin(),
                  allowed));
      return Optional.empty();
    }
  }

  private static Stream<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }
}
