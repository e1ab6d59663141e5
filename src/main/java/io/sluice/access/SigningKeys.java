package io.sluice.access;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys behind the gateway's own tokens: one pair signs, and the public keys of pairs that
 * signed before still verify, so that changing the key shuts nobody out.
 */
public final class SigningKeys {
  /** The name of the file that is made in the data directory on first start. */
  public static final String FILE_NAME = "signing-key.pem";

  private static final int MAX_FILE_BYTES = 65_536;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private final PrivateKey secret;
  private final TokenKey signing;
  private final List<TokenKey> verifying;

  /**
   * @param publicKeys the private one's first
   * @throws IllegalArgumentException when one is neither on P-256 nor RSA of 2048 to 8192 bits
   */
  SigningKeys(PrivateKey secret, List<PublicKey> publicKeys) {
    this.secret = secret;
    this.verifying =
        publicKeys.stream().map(key -> new TokenKey(Jwk.of(key).getString("kid"), key)).toList();
    this.signing = verifying.getFirst();
  }

  /**
   * Reads a PEM file: one PRIVATE KEY (PKCS#8), its PUBLIC KEY, and any further PUBLIC KEYs that
   * still verify. Blocks the thread: for the start only.
   *
   * @throws IllegalArgumentException when the file does not hold that; the message says what to do
   *     and nothing of the key
   */
  public static SigningKeys load(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw unusable(file, "it is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return parse(file, OwnerOnlyFile.read(file));
    } catch (IOException e) {
      throw unusable(file, "it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** The same from the data directory, where a key is made if there is none. Blocks the thread. */
  public static SigningKeys loadOrCreate(Path dataDirectory) {
    Path file = dataDirectory.resolve(FILE_NAME);
    return parse(file, OwnerOnlyFile.readOrCreate(file, SigningKeys::newPem));
  }

  /** New keys that nobody keeps, for tests and trials. */
  public static SigningKeys ephemeral() {
    KeyPair pair = newPair();
    return new SigningKeys(pair.getPrivate(), List.of(pair.getPublic()));
  }

  /** What signs tokens with the private key. */
  TokenSigner signer(Vertx vertx) {
    return new TokenSigner(vertx, signing, secret);
  }

  /** The public keys, the signing one's first. */
  List<TokenKey> verifying() {
    return verifying;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "SigningKeys[kid=" + signing.kid() + "]";
  }

  private static SigningKeys parse(Path file, String pem) {
    List<PrivateKey> secrets = new ArrayList<>();
    List<PublicKey> publics = new ArrayList<>();
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      switch (block.group(1)) {
        case "PRIVATE KEY" ->
            secrets.add(key(file, der, PKCS8EncodedKeySpec::new, KeyFactory::generatePrivate));
        case "PUBLIC KEY" ->
            publics.add(key(file, der, X509EncodedKeySpec::new, KeyFactory::generatePublic));
        default -> throw unusable(file, "it has a " + block.group(1) + " block");
      }
    }
    if (secrets.size() != 1 || publics.isEmpty()) {
      throw unusable(
          file, "it has " + secrets.size() + " private and " + publics.size() + " public keys");
    }
    try {
      SigningKeys keys = new SigningKeys(secrets.getFirst(), publics);
      if (!KeyPairs.match(secrets.getFirst(), publics.getFirst())) {
        throw new IllegalArgumentException("its two first keys do not belong together");
      }
      return keys;
    } catch (IllegalArgumentException e) {
      throw unusable(file, e.getMessage());
    }
  }

  private interface Reading<T> {
    T read(KeyFactory factory, KeySpec spec) throws InvalidKeySpecException;
  }

  private static <T> T key(
      Path file,
      byte[] der,
      java.util.function.Function<byte[], KeySpec> spec,
      Reading<T> reading) {
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return reading.read(KeyFactory.getInstance(algorithm), spec.apply(der));
      } catch (GeneralSecurityException e) {
        // It may be a key for the other algorithm.
        continue;
      }
    }
    throw unusable(file, "one of its keys is neither EC nor RSA");
  }

  private static IllegalArgumentException unusable(Path file, String why) {
    return new IllegalArgumentException(
        "the signing key file "
            + file
            + " is of no use: "
            + why
            + ". It must hold a PKCS#8 private key and its public key: umask 077; openssl genpkey"
            + " -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem && openssl pkey -in"
            + " key.pem -pubout >> key.pem");
  }

  private static String newPem() {
    KeyPair pair = newPair();
    return Pem.of(pair.getPrivate()) + Pem.of(pair.getPublic());
  }

  private static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }
}
