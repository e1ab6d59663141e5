package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.TokenKey.Algorithm;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
  @TempDir private Path directory;

  @Test
  void makesAKeyOnFirstStartThatOnlyItsOwnerReads() throws IOException {
    // Given
    Path data = directory.resolve("data");

    // When
    SigningKeys keys = SigningKeys.loadOrCreate(data);

    // Then
    Path file = data.resolve(SigningKeys.FILE_NAME);
    assertThat(keys.verifying().getFirst().algorithm()).isEqualTo(Algorithm.ES256);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(data)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void keepsTheKeyOverRestarts() {
    // Given
    SigningKeys first = SigningKeys.loadOrCreate(directory);

    // When
    SigningKeys second = SigningKeys.loadOrCreate(directory);

    // Then
    assertThat(second.verifying()).isEqualTo(first.verifying());
  }

  @Test
  void namesAKeyByItsThumbprint() {
    // Given the example of RFC 7638, section 3.1
    JsonObject example = Jwk.of(Rfc7638.publicKey());

    // When
    String kid = example.getString("kid");

    // Then
    assertThat(kid).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  }

  @Test
  void readsAnRsaKeyFile() throws IOException {
    // Given
    KeyPair pair = Forger.rsa(2048);
    Path file = write(Pem.of(pair.getPrivate()) + Pem.of(pair.getPublic()));

    // When
    SigningKeys keys = SigningKeys.load(file);

    // Then
    assertThat(keys.verifying().getFirst().algorithm()).isEqualTo(Algorithm.RS256);
  }

  @Test
  void saysNothingOfTheKey() {
    // Given
    KeyPair pair = Forger.p256();
    SigningKeys keys = new SigningKeys(pair.getPrivate(), List.of(pair.getPublic()));

    // When
    String text = keys.toString();

    // Then
    assertThat(text).matches("SigningKeys\\[kid=[A-Za-z0-9_-]{43}\\]");
  }

  @Test
  void readsEarlierPublicKeysThatStillVerify() throws IOException {
    // Given
    KeyPair now = Forger.p256();
    KeyPair before = Forger.rsa(2048);
    Path file =
        write(Pem.of(now.getPrivate()) + Pem.of(now.getPublic()) + Pem.of(before.getPublic()));

    // When
    SigningKeys keys = SigningKeys.load(file);

    // Then
    assertThat(keys.verifying())
        .extracting(TokenKey::key)
        .containsExactly(now.getPublic(), before.getPublic());
  }

  @Test
  void refusesFilesWithoutUsableKeysAndSaysNothingOfTheKey() throws IOException {
    // Given
    KeyPair pair = Forger.p256();
    KeyPair other = Forger.rsa(2048);
    KeyPair weak = Forger.rsa(1024);
    String secret = Pem.of(pair.getPrivate());
    String[] files = {
      "",
      "nonsense",
      secret,
      Pem.of(pair.getPublic()),
      secret + secret + Pem.of(pair.getPublic()),
      secret + Pem.of(other.getPublic()),
      Pem.of(weak.getPrivate()) + Pem.of(weak.getPublic()),
      secret.replace("PRIVATE", "EC PRIVATE") + Pem.of(pair.getPublic()),
      "x".repeat(70_000)
    };

    for (String content : files) {
      Path file = write(content);

      // When
      var refusal = assertThatThrownBy(() -> SigningKeys.load(file));

      // Then
      refusal
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("openssl genpkey")
          .hasMessageNotContaining(
              Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    }
  }

  @Test
  void refusesAPrivateKeyWithSomebodyElsesPublicKey() throws IOException {
    // Given
    KeyPair pair = Forger.p256();
    Path file = write(Pem.of(pair.getPrivate()) + Pem.of(Forger.p256().getPublic()));

    // When
    var refusal = assertThatThrownBy(() -> SigningKeys.load(file));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("belong together");
  }

  @Test
  void refusesKeysThatOthersMayRead() throws IOException {
    // Given
    SigningKeys.loadOrCreate(directory);
    Path file = directory.resolve(SigningKeys.FILE_NAME);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    // When
    var refusal = assertThatThrownBy(() -> SigningKeys.load(file));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("chmod 600 " + file);
    assertThatThrownBy(() -> SigningKeys.loadOrCreate(directory))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatAMissingFileCannotBeRead() {
    // Given
    Path missing = directory.resolve("missing.pem");

    // When
    var refusal = assertThatThrownBy(() -> SigningKeys.load(missing));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("missing.pem");
  }

  private Path write(String content) throws IOException {
    Path file = Files.createTempFile(directory, "key", ".pem");
    return Files.writeString(file, content);
  }
}
