package io.sluice.assembly;

import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

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

  private static String kept(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw new StartException(
            "the file " + file + " is empty; remove it to get a new token", null);
      }
      return token;
    } catch (IOException e) {
      throw new StartException("cannot keep the admin token in " + file + ": " + e, e);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    Files.createDirectories(file.toAbsolutePath().getParent());
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      String text = HexFormat.of().formatHex(random) + "\n";
      channel.write(java.nio.charset.StandardCharsets.US_ASCII.encode(text));
    } catch (FileAlreadyExistsException _) {
      // Another process that starts at the same time was first; its token counts.
    }
  }
}
