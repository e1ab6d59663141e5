package io.sluice.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code access.issuers.NAME.FIELD}. */
final class TrustedIssuers {
  private static final List<String> FIELDS =
      List.of("issuer", "jwksUri", "audience", "dialect", "tenant");

  private TrustedIssuers() {}

  static List<TrustedIssuer> read(ConfigSources sources) {
    Map<String, Map<String, ConfigSources.Setting>> byName = new TreeMap<>();
    sources
        .below(ConfigSources.ISSUER_PREFIX)
        .forEach(
            (rest, setting) -> {
              int dot = rest.indexOf('.');
              String field = rest.substring(dot + 1);
              if (dot < 1 || !FIELDS.contains(field)) {
                sources.addProblem(
                    setting.origin()
                        + " sets the unknown key "
                        + ConfigSources.ISSUER_PREFIX
                        + rest
                        + "; known are "
                        + ConfigSources.ISSUER_PREFIX
                        + "NAME. and one of "
                        + String.join(", ", FIELDS));
              } else {
                byName
                    .computeIfAbsent(rest.substring(0, dot), _ -> new TreeMap<>())
                    .put(field, setting);
              }
            });
    List<TrustedIssuer> issuers = new ArrayList<>();
    byName.forEach((name, fields) -> add(sources, name, fields, issuers));
    return List.copyOf(issuers);
  }

  private static void add(
      ConfigSources sources,
      String name,
      Map<String, ConfigSources.Setting> fields,
      List<TrustedIssuer> issuers) {
    TreeSet<String> missing = new TreeSet<>(FIELDS);
    missing.removeAll(fields.keySet());
    if (!missing.isEmpty()) {
      sources.addProblem(
          ConfigSources.ISSUER_PREFIX + name + " lacks " + String.join(", ", missing));
      return;
    }
    ConfigSources.Setting uri = fields.get("jwksUri");
    try {
      issuers.add(
          new TrustedIssuer(
              name,
              fields.get("issuer").text(),
              URI.create(Keys.url(uri.text())),
              fields.get("audience").text(),
              fields.get("dialect").text(),
              fields.get("tenant").text()));
    } catch (IllegalArgumentException _) {
      sources.addProblem(
          ConfigSources.ISSUER_PREFIX
              + name
              + ".jwksUri is \""
              + uri.text()
              + "\" in "
              + uri.origin()
              + ", but must be an http or https URL");
    }
  }
}
