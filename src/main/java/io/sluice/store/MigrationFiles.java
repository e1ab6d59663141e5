package io.sluice.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Sees quickly whether a database holds exactly the migrations of this version, by the checksums
 * that Flyway stores. Starting Flyway itself, to find that nothing is to do, is the slowest part of
 * an ordinary start.
 */
final class MigrationFiles {
  private static final String DIRECTORY = "db/migration";
  private static final Pattern FILE = Pattern.compile("V(\\d+)__.*\\.sql");
  private static final String APPLIED =
      "SELECT version, checksum FROM flyway_schema_history WHERE success AND type = 'SQL'";

  private static final String NAMED =
      """
      SELECT version, 'V' || version || '__' || description AS name, checksum
        FROM flyway_schema_history WHERE success AND type = 'SQL' ORDER BY installed_rank
      """;

  /** The providers' tables had these numbers before the first release. */
  private static final Set<String> OLD_NAMES =
      Set.of("V11__isometric", "V13__scrip", "V14__corebanq");

  private MigrationFiles() {}

  /** The schema's version when nothing is missing and nothing is foreign; otherwise empty. */
  static Optional<String> upToDate(Database database) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(APPLIED)) {
      Map<String, Integer> applied = new HashMap<>();
      while (rows.next()) {
        applied.put(rows.getString(1), rows.getInt(2));
      }
      return applied.equals(shipped())
          ? applied.keySet().stream().max(Comparator.comparingInt(Integer::parseInt))
          : Optional.empty();
    } catch (SQLException | IOException | UncheckedIOException _) {
      // No history yet, or no database: Flyway makes the one and explains the other.
      return Optional.empty();
    }
  }

  /** The applied migrations that no release ever had: of another content, or another number. */
  static List<String> unreleased(Database database) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NAMED)) {
      Map<String, Integer> shipped = shipped();
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        Integer checksum = shipped.get(rows.getString("version"));
        boolean changed = checksum != null && checksum != rows.getInt("checksum");
        if (changed || OLD_NAMES.contains(rows.getString("name"))) {
          names.add(rows.getString("name"));
        }
      }
      return names;
    } catch (SQLException | IOException | UncheckedIOException _) {
      // As above.
      return List.of();
    }
  }

  /** Each version of this program with the checksum that Flyway gives it. */
  static Map<String, Integer> shipped() throws IOException {
    Map<String, Integer> checksums = new HashMap<>();
    for (String name : names()) {
      Matcher matcher = FILE.matcher(name);
      if (matcher.matches()) {
        checksums.put(matcher.group(1), checksum(DIRECTORY + "/" + name));
      }
    }
    return checksums;
  }

  private static List<String> names() throws IOException {
    URL url = loader().getResource(DIRECTORY);
    if (url == null) {
      throw new IOException("no " + DIRECTORY + " on the classpath");
    }
    if (url.openConnection() instanceof JarURLConnection jar) {
      try (Stream<String> entries = jar.getJarFile().stream().map(entry -> entry.getName())) {
        return entries
            .filter(name -> name.startsWith(DIRECTORY + "/"))
            .map(name -> name.substring(DIRECTORY.length() + 1))
            .toList();
      }
    }
    try (Stream<Path> files = Files.list(Path.of(URI.create(url.toString())))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static int checksum(String resource) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = loader().getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
    }
    return (int) crc.getValue();
  }

  private static ClassLoader loader() {
    return MigrationFiles.class.getClassLoader();
  }
}
