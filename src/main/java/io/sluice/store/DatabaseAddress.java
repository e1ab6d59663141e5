package io.sluice.store;

import io.sluice.config.DatabaseLimits;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final Set<String> PARAMETERS =
      Set.of("sslmode", "sslrootcert", "target_session_attrs");
  // Common in addresses that platforms hand out; without them nothing changes for Sluice.
  private static final Set<String> IGNORED_PARAMETERS =
      Set.of("application_name", "connect_timeout", "channel_binding");
  // Whatever is asked for, Sluice uses the server that takes writes; what excludes it is a mistake.
  private static final Set<String> SESSIONS = Set.of("any", "read-write", "primary");
  private static final Pattern LATE_AT = Pattern.compile("[/?].*@", Pattern.DOTALL);
  private static final int DEFAULT_PORT = 5_432;
  private static final int MAX_PORT = 65_535;

  private DatabaseAddress() {}

  /**
   * What the environment names: {@code DATABASE_URL} before {@code PGHOST}, {@code PGPORT}, {@code
   * PGDATABASE}, {@code PGUSER}, {@code PGPASSWORD}, {@code PGSSLMODE}, {@code PGSSLROOTCERT},
   * {@code PGTARGETSESSIONATTRS}.
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
   * Reads {@code postgresql://user:password@host:port,host:port/database?sslmode=…}; every part
   * after the scheme may be left out, user, password and database may be percent-encoded.
   *
   * @throws IllegalArgumentException saying which part cannot be understood
   */
  public static Database fromUrl(String url, DatabaseLimits limits) {
    String rest = withoutScheme(url);
    requireEncoded(rest);
    int query = rest.indexOf('?');
    Map<String, String> parameters = parameters(query < 0 ? "" : rest.substring(query + 1));
    String path = query < 0 ? rest : rest.substring(0, query);
    int slash = path.indexOf('/');
    String authority = slash < 0 ? path : path.substring(0, slash);
    String name = slash < 0 ? "" : decode(path.substring(slash + 1), "the database's name");
    int at = authority.lastIndexOf('@');
    String[] credentials = (at < 0 ? "" : authority.substring(0, at)).split(":", 2);
    Map<String, String> parts = new HashMap<>(parameters);
    parts.put("user", decode(credentials[0], "the user"));
    parts.put("password", credentials.length < 2 ? "" : decode(credentials[1], "the password"));
    parts.put("name", name);
    List<Server> servers = new ArrayList<>();
    for (String place : list(authority.substring(at + 1))) {
      int colon = place.lastIndexOf(':');
      boolean hasPort = colon > place.lastIndexOf(']');
      servers.add(
          server(
              hasPort ? place.substring(0, colon) : place,
              hasPort ? place.substring(colon + 1) : ""));
    }
    return build(servers, parts, limits);
  }

  /** Else a password that holds one of these would be taken for what comes after it. */
  private static void requireEncoded(String rest) {
    if (LATE_AT.matcher(rest).find()) {
      throw new IllegalArgumentException(
          "the database's address has an @ after a / or a ?; percent-encode what of these a user"
              + " or a password holds: / as %2F, ? as %3F");
    }
  }

  private static Database fromVariables(Map<String, String> environment, DatabaseLimits limits) {
    Map<String, String> parts = new HashMap<>();
    Map.of(
            "name", "PGDATABASE",
            "user", "PGUSER",
            "password", "PGPASSWORD",
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "target_session_attrs", "PGTARGETSESSIONATTRS")
        .forEach((part, variable) -> parts.put(part, environment.getOrDefault(variable, "")));
    return build(servers(environment), parts, limits);
  }

  /** One port holds for all hosts, else each has its own. */
  private static List<Server> servers(Map<String, String> environment) {
    List<String> hosts = list(environment.getOrDefault("PGHOST", ""));
    List<String> ports = list(environment.getOrDefault("PGPORT", ""));
    if (ports.size() != 1 && ports.size() != hosts.size()) {
      throw new IllegalArgumentException(
          "PGPORT names %d ports for %d hosts in PGHOST".formatted(ports.size(), hosts.size()));
    }
    List<Server> servers = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      servers.add(server(hosts.get(i), ports.get(ports.size() == 1 ? 0 : i)));
    }
    return servers;
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static Server server(String host, String port) {
    return new Server(host(orElse(host, "localhost")), port(port));
  }

  private static Database build(
      List<Server> servers, Map<String, String> parts, DatabaseLimits limits) {
    requireWritable(orElse(parts.get("target_session_attrs"), "any"));
    String user = orElse(parts.get("user"), System.getProperty("user.name"));
    return new Database(
        servers,
        orElse(parts.get("name"), user),
        user,
        Optional.ofNullable(parts.get("password")).filter(password -> !password.isEmpty()),
        Optional.empty(),
        sslMode(orElse(parts.get("sslmode"), "prefer")),
        Optional.ofNullable(parts.get("sslrootcert")).filter(file -> !file.isBlank()),
        limits,
        false);
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
            "the database's address has an unknown parameter; known are "
                + PARAMETERS.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
    return parameters;
  }

  private static String host(String host) {
    if (host.startsWith("/") || host.startsWith("%2F")) {
      throw new IllegalArgumentException(
          "the database's host is a name or an address, not a socket's path");
    }
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static void requireWritable(String session) {
    if (!SESSIONS.contains(session)) {
      throw new IllegalArgumentException(
          "target_session_attrs is one of "
              + SESSIONS.stream().sorted().collect(Collectors.joining(", "))
              + ": Sluice writes");
    }
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
