package io.sluice.store;

import io.sluice.config.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The passwords of the two roles of an embedded server. They are kept in a file that only its owner
 * can read, in the form in which PostgreSQL's own programs read passwords ({@code PGPASSFILE}).
 */
record EmbeddedPasswords(String superuser, String runtime) {
  private static final int RANDOM_BYTES = 32;
  private static final String ANY_PORT_AND_DATABASE = EmbeddedServer.HOST + ":*:*:";

  /** What an earlier start has made, if there was one. */
  static Optional<EmbeddedPasswords> read(Path file) {
    try {
      if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      String text = PrivateFiles.read(file);
      return Optional.of(
          new EmbeddedPasswords(
              password(text, EmbeddedServer.SUPERUSER, file),
              password(text, EmbeddedServer.RUNTIME_ROLE, file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Makes new ones, and keeps them before anybody uses them. */
  static EmbeddedPasswords create(Path file) {
    EmbeddedPasswords fresh = new EmbeddedPasswords(random(), random());
    try {
      Path written =
          Files.createTempFile(file.getParent(), "passwords", ".new", PrivateFiles.OWNER_ONLY);
      Files.writeString(
          written,
          line(EmbeddedServer.SUPERUSER, fresh.superuser())
              + line(EmbeddedServer.RUNTIME_ROLE, fresh.runtime()));
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "EmbeddedPasswords[]";
  }

  private static String line(String role, String password) {
    return ANY_PORT_AND_DATABASE + role + ":" + password + "\n";
  }

  private static String password(String text, String role, Path file) {
    String start = ANY_PORT_AND_DATABASE + role + ":";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .filter(password -> !password.isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    file
                        + " has no password of the role "
                        + role
                        + "; stop what uses it and remove the file, a new one is made at the next"
                        + " start"));
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
