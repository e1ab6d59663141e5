package io.sluice.store;

import io.sluice.config.DatabaseLimits;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads where PostgreSQL is, in the forms that PostgreSQL's own tools know: a URL or the {@code
 * PG*} variables. What is left out has the meaning it has there. Messages never repeat a password.
 */
public final class DatabaseAddress {
  /** The variable that most platforms hand a database's address over in. */
  public static final String URL_VARIABLE = "DATABASE_URL";

  private static final List<String> TELLING_VARIABLES =
      List.of("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD");
  private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert");
  // Common in addresses that platforms hand out; without them nothing changes for Sluice.
  private static final Set<String> IGNORED_PARAMETERS =
      Set.of("application_name", "connect_timeout", "channel_binding");
  private static final int DEFAULT_PORT = 5_432;
  private static final int MAX_PORT = 65_535;

  private DatabaseAddress() {}

  /**
   * What the environment names: {@code DATABASE_URL} before {@code PGHOST}, {@code PGPORT}, {@code
   * PGDATABASE}, {@code PGUSER}, {@code PGPASSWORD}, {@code PGSSLMODE}, {@code PGSSLROOTCERT}.
   *
   * @return empty when it names no database
   * @throws IllegalArgumentException saying which part cannot be understood
   */
  public static Optional<Database> fromEnvironment(
      Map<String, String> environment, DatabaseLimits limits) {
    String url = environment.getOrDefault(URL_VARIABLE, "");
    if (!url.isBlank()) {
      return Optional.of(fromUrl(url.strip(), limits));
    }
    boolean told =
        TELLING_VARIABLES.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    return told ? Optional.of(fromVariables(environment, limits)) : Optional.empty();
  }

  /**
   * Reads {@code postgresql://user:password@host:port/database?sslmode=…}; every part after the
   * scheme may be left out, user, password and database may be percent-encoded.
   *
   * @throws IllegalArgumentException saying which part cannot be understood
   */
  public static Database fromUrl(String url, DatabaseLimits limits) {
    String rest = withoutScheme(url);
    int query = rest.indexOf('?');
    Map<String, String> parameters = parameters(query < 0 ? "" : rest.substring(query + 1));
    String place = query < 0 ? rest : rest.substring(0, query);
    int slash = place.indexOf('/');
    String authority = slash < 0 ? place : place.substring(0, slash);
    String name = slash < 0 ? "" : decode(place.substring(slash + 1), "the database's name");
    int at = authority.lastIndexOf('@');
    String[] credentials = (at < 0 ? "" : authority.substring(0, at)).split(":", 2);
    String hostAndPort = authority.substring(at + 1);
    int colon = hostAndPort.lastIndexOf(':');
    boolean hasPort = colon > hostAndPort.lastIndexOf(']');
    Map<String, String> parts = new HashMap<>(parameters);
    parts.put("user", decode(credentials[0], "the user"));
    parts.put("password", credentials.length < 2 ? "" : decode(credentials[1], "the password"));
    parts.put("host", hasPort ? hostAndPort.substring(0, colon) : hostAndPort);
    parts.put("port", hasPort ? hostAndPort.substring(colon + 1) : "");
    parts.put("name", name);
    return build(parts, limits);
  }

  private static Database fromVariables(Map<String, String> environment, DatabaseLimits limits) {
    Map<String, String> parts = new HashMap<>();
    Map.of(
            "host", "PGHOST",
            "port", "PGPORT",
            "name", "PGDATABASE",
            "user", "PGUSER",
            "password", "PGPASSWORD",
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT")
        .forEach((part, variable) -> parts.put(part, environment.getOrDefault(variable, "")));
    return build(parts, limits);
  }

  private static Database build(Map<String, String> parts, DatabaseLimits limits) {
    String user = orElse(parts.get("user"), System.getProperty("user.name"));
    return new Database(
        host(orElse(parts.get("host"), "localhost")),
        port(parts.get("port")),
        orElse(parts.get("name"), user),
        user,
        Optional.ofNullable(parts.get("password")).filter(password -> !password.isEmpty()),
        sslMode(orElse(parts.get("sslmode"), "prefer")),
        Optional.ofNullable(parts.get("sslrootcert")).filter(file -> !file.isBlank()),
        limits);
  }

  private static String withoutScheme(String url) {
    for (String scheme : List.of("postgresql://", "postgres://")) {
      if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return url.substring(scheme.length());
      }
    }
    throw new IllegalArgumentException(
        "a database's address starts with postgresql:// or postgres://");
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&")) {
      String[] nameAndValue = pair.split("=", 2);
      String name = nameAndValue[0];
      if (PARAMETERS.contains(name)) {
        String value = nameAndValue.length < 2 ? "" : nameAndValue[1];
        parameters.put(name, decode(value, name));
      } else if (!pair.isEmpty() && !IGNORED_PARAMETERS.contains(name)) {
        throw new IllegalArgumentException(
            "the database's address has the unknown parameter \""
                + name
                + "\"; known are sslmode and sslrootcert");
      }
    }
    return parameters;
  }

  private static String host(String host) {
    if (host.startsWith("/") || host.startsWith("%2F")) {
      throw new IllegalArgumentException(
          "the database's host is a name or an address, not a socket's path");
    }
    if (host.contains(",")) {
      throw new IllegalArgumentException("the database's address names more than one host");
    }
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String text) {
    if (text == null || text.isBlank()) {
      return DEFAULT_PORT;
    }
    if (!text.matches("\\d{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MAX_PORT) {
      throw new IllegalArgumentException("the database's port is a number from 1 to " + MAX_PORT);
    }
    return Integer.parseInt(text);
  }

  private static SslMode sslMode(String text) {
    return Arrays.stream(SslMode.values())
        .filter(mode -> Database.sslModeName(mode).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(SslMode.values())
                        .map(Database::sslModeName)
                        .collect(Collectors.joining(", ", "sslmode is one of ", ""))));
  }

  private static String orElse(String text, String other) {
    return text == null || text.isBlank() ? other : text;
  }

  private static String decode(String text, String what) {
    try {
      // A plus sign is an ordinary character here, unlike in a form.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          what + " in the database's address is not properly percent-encoded");
    }
  }
}
