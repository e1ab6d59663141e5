package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyPair;
import java.util.Base64;
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
    assertThat(keys.signing().getString("alg")).isEqualTo("ES256");
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
    assertThat(second.signing()).isEqualTo(first.signing());
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
    Path file = write(pem("PRIVATE KEY", pair.getPrivate()) + pem("PUBLIC KEY", pair.getPublic()));

    // When
    SigningKeys keys = SigningKeys.load(file);

    // Then
    assertThat(keys.signing().getString("alg")).isEqualTo("RS256");
  }

  @Test
  void publishesPublicPartsOnly() {
    // Given
    SigningKeys keys = SigningKeys.loadOrCreate(directory);

    // When
    String published = keys.publicKeySet().encode();

    // Then
    assertThat(published)
        .contains(keys.signing().getString("kid"))
        .doesNotContain("\"d\"", keys.signing().getString("d"));
  }

  @Test
  void readsEarlierPublicKeysThatStillVerify() throws IOException {
    // Given
    KeyPair now = Forger.p256();
    KeyPair before = Forger.rsa(2048);
    Path file =
        write(
            pem("PRIVATE KEY", now.getPrivate())
                + pem("PUBLIC KEY", now.getPublic())
                + pem("PUBLIC KEY", before.getPublic()));

    // When
    SigningKeys keys = SigningKeys.load(file);

    // Then
    assertThat(keys.verifying())
        .containsExactly(Jwk.of(now.getPublic()), Jwk.of(before.getPublic()));
  }

  @Test
  void refusesFilesWithoutUsableKeysAndSaysNothingOfTheKey() throws IOException {
    // Given
    KeyPair pair = Forger.p256();
    KeyPair other = Forger.rsa(2048);
    KeyPair weak = Forger.rsa(1024);
    String secret = pem("PRIVATE KEY", pair.getPrivate());
    String[] files = {
      "",
      "nonsense",
      secret,
      pem("PUBLIC KEY", pair.getPublic()),
      secret + secret + pem("PUBLIC KEY", pair.getPublic()),
      secret + pem("PUBLIC KEY", other.getPublic()),
      pem("PRIVATE KEY", weak.getPrivate()) + pem("PUBLIC KEY", weak.getPublic()),
      secret.replace("PRIVATE", "EC PRIVATE") + pem("PUBLIC KEY", pair.getPublic()),
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
    Path file =
        write(pem("PRIVATE KEY", pair.getPrivate()) + pem("PUBLIC KEY", Forger.p256().getPublic()));

    // When
    var refusal = assertThatThrownBy(() -> SigningKeys.load(file));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("belong together");
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

  private static String pem(String type, Key key) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END "
        + type
        + "-----\n";
  }
}
