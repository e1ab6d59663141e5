package io.sluice.store;

import io.sluice.config.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded server's data, which nobody reaches without a password: neither while they are made,
 * nor while those of an earlier version, which let in whoever came, are given one.
 */
final class EmbeddedCluster {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);

  /** Long enough to replay the write-ahead log after a crash. */
  static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);
  private static final long MAX_LOG_BYTES = 16L << 20;

  private static final String ACCESS =
      """
      # Written by Sluice, which starts no PostgreSQL with another text than this.
      host  all  %s,%s  %s/32  scram-sha-256
      """
          .formatted(EmbeddedServer.SUPERUSER, EmbeddedServer.RUNTIME_ROLE, EmbeddedServer.HOST);

  /** Each in a line of its own, as a server without connections reads them. */
  private static final String SET_PASSWORDS =
      """
      ALTER ROLE %1$s PASSWORD '%3$s'
      DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%2$s') THEN \
      CREATE ROLE %2$s; END IF; END $$
      ALTER ROLE %2$s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS \
      PASSWORD '%4$s'
      """;

  private final EmbeddedDirectory directory;
  private final EmbeddedPrograms programs;

  EmbeddedCluster(EmbeddedDirectory directory, EmbeddedPrograms programs) {
    this.directory = directory;
    this.programs = programs;
  }

  /** Whether a server on these data lets in those only who know a password. */
  boolean isPrivate() {
    try {
      return Files.exists(access())
          && Files.readString(access()).equals(ACCESS)
          && EmbeddedPasswords.read(directory.passwords()).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + access(), e);
    }
  }

  /**
   * Makes what is missing: the data, the roles and their passwords. There is no moment at which a
   * server could be reached without a password, because none runs that could be reached at all.
   */
  EmbeddedPasswords prepare() {
    if (!Files.exists(directory.data().resolve("postgresql.conf"))) {
      initialise();
    }
    if (!isPrivate()) {
      makePrivate();
    }
    return EmbeddedPasswords.read(directory.passwords()).orElseThrow();
  }

  private void initialise() {
    LOG.info("Making a PostgreSQL cluster in {}, once", directory.data());
    run(
        "initdb",
        List.of(
            "--pgdata=" + directory.data(),
            "--username=" + EmbeddedServer.SUPERUSER,
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions"),
        "");
  }

  private void makePrivate() {
    Path file = directory.passwords();
    EmbeddedPasswords passwords =
        EmbeddedPasswords.read(file).orElseGet(() -> EmbeddedPasswords.create(file));
    run(
        "postgres",
        List.of(
            "--single",
            "-D",
            directory.data().toString(),
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
            EmbeddedServer.MAINTENANCE_DATABASE),
        SET_PASSWORDS.formatted(
            EmbeddedServer.SUPERUSER,
            EmbeddedServer.RUNTIME_ROLE,
            verifier(EmbeddedServer.SUPERUSER, passwords.superuser()),
            verifier(EmbeddedServer.RUNTIME_ROLE, passwords.runtime())));
    try {
      Path written = Files.writeString(directory.data().resolve("pg_hba.conf.new"), ACCESS);
      // Comes last: an interrupted start begins anew.
      Files.move(written, access(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + access(), e);
    }
  }

  /** What PostgreSQL stores of a password; made here, so that no statement contains it. */
  static String verifier(String role, String password) {
    try {
      return PasswordUtil.encodePassword(role, password.toCharArray(), "scram-sha-256");
    } catch (SQLException e) {
      throw new IllegalStateException("the driver knows SCRAM", e);
    }
  }

  /** Starts a server, and waits until it answers. */
  void launch(int port, Map<String, String> settings) {
    List<String> options = new ArrayList<>(List.of("-p", Integer.toString(port)));
    // Comes before what somebody may have set in the data while they were open.
    options.addAll(List.of("-c", quoted("hba_file=" + access())));
    settings.forEach((name, value) -> options.addAll(List.of("-c", quoted(name + "=" + value))));
    run(
        "pg_ctl",
        List.of(
            "--pgdata=" + directory.data(),
            "--options=" + String.join(" ", options),
            "--wait",
            "--timeout=" + START_TIMEOUT.toSeconds(),
            "start"),
        "");
  }

  /** Ends all connections and stops the server after a checkpoint. */
  void stop() {
    run(
        "pg_ctl",
        List.of(
            "--pgdata=" + directory.data(),
            "--mode=fast",
            "--wait",
            "--timeout=" + STOP_TIMEOUT.toSeconds(),
            "stop"),
        "");
  }

  private Path access() {
    return directory.data().resolve("pg_hba.conf");
  }

  /** As a shell reads it, which the options of a server pass through. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private void run(String program, List<String> arguments, String input) {
    long before = directory.logBytes();
    int code;
    try {
      Path log = directory.log(MAX_LOG_BYTES);
      before = directory.logBytes();
      code = programs.run(program, arguments, input, log.toFile());
    } catch (UncheckedIOException e) {
      throw explain(program, e, directory.saidSince(before));
    }
    if (code != 0) {
      throw explain(program, null, directory.saidSince(before));
    }
  }

  private IllegalStateException explain(String program, Exception cause, List<String> said) {
    boolean asRoot =
        PrivateFiles.weAreRoot()
            && (cause != null
                || said.stream()
                    .anyMatch(line -> line.contains("run as root") || line.contains("unshare")));
    if (asRoot) {
      return new IllegalStateException(
          "PostgreSQL refuses to run as root, and this machine does not allow the user namespace"
              + " that would help; start Sluice as an ordinary user, or name a PostgreSQL with "
              + DatabaseAddress.URL_VARIABLE,
          cause);
    }
    return new IllegalStateException(
        "the embedded PostgreSQL in %s did not start: %s said: %s"
            .formatted(directory.root(), program, String.join(" | ", said)),
        cause);
  }
}
