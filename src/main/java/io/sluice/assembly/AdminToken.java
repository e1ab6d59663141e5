package io.sluice.assembly;

import io.sluice.access.OwnerOnlyFile;
import io.sluice.config.ManagementSettings;
import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The management port's bearer token: configured, or made once and kept. */
public final class AdminToken {
  private static final int RANDOM_BYTES = 32;

  private AdminToken() {}

  /** Where the token is kept that nobody has configured. */
  public static Path file(SluiceConfig config) {
    return config.data().directory().resolve("admin-token");
  }

  /** The configured token, else the kept one, else a new one in a file for its owner only. */
  public static String of(SluiceConfig config) {
    return config.management().adminToken().orElseGet(() -> kept(file(config)));
  }

  /**
   * The configured token, else the kept one.
   *
   * @throws StartException when there is none yet, or it cannot be read
   */
  public static String known(SluiceConfig config) {
    return config.management().adminToken().orElseGet(() -> read(file(config)));
  }

  private static String read(Path file) {
    if (!Files.exists(file)) {
      throw new StartException("no gateway has made an admin token in " + file + " yet", null);
    }
    try {
      return OwnerOnlyFile.read(file).strip();
    } catch (IllegalArgumentException | IOException e) {
      throw new StartException("cannot read the admin token in " + file, e);
    }
  }

  /** The kept token, else a new one. Blocks the thread. */
  static String kept(Path file) {
    try {
      String token = OwnerOnlyFile.readOrCreate(file, AdminToken::fresh).strip();
      if (token.length() < ManagementSettings.MIN_TOKEN_CHARS) {
        throw new StartException(
            "the file %s has a token of %d characters; remove it to get a new one"
                .formatted(file, token.length()),
            null);
      }
      return token;
    } catch (IllegalArgumentException e) {
      throw new StartException(e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new StartException("cannot keep the admin token in " + file + ": " + e.getCause(), e);
    }
  }

  private static String fresh() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random) + "\n";
  }
}
