package io.sluice.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets that cannot be kept as hashes, because something is signed with them: encrypted
 * with AES-256-GCM under a key that is in a file and never in the database. Whoever gets the rows
 * without the file has nothing; a row that is put in another's place cannot be opened.
 */
public final class SecretBox {
  /** The name of the file that is made in the data directory on first start. */
  public static final String FILE_NAME = "secret-key";

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;

  private SecretBox(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Reads the key from a file: 32 bytes in Base64. Blocks the thread: for the start only.
   *
   * @throws IllegalArgumentException when the file does not hold that; the message says what to do
   *     and nothing of the key
   */
  public static SecretBox load(Path file) {
    try {
      return parse(file, OwnerOnlyFile.read(file));
    } catch (IOException e) {
      throw unusable(file, "it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** The same from the data directory, where a key is made if there is none. Blocks the thread. */
  public static SecretBox loadOrCreate(Path dataDirectory) {
    Path file = dataDirectory.resolve(FILE_NAME);
    return parse(file, OwnerOnlyFile.readOrCreate(file, SecretBox::newText));
  }

  /** A key that nobody keeps, for tests and trials. */
  public static SecretBox ephemeral() {
    return new SecretBox(random(KEY_BYTES));
  }

  /**
   * Encrypts a secret.
   *
   * @param place where it is kept, such as the id of its row: it can be opened as that one's only
   */
  public byte[] seal(String place, byte[] secret) {
    byte[] nonce = random(NONCE_BYTES);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, place, secret);
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
  }

  /**
   * Decrypts what was sealed for this place.
   *
   * @throws IllegalArgumentException when it was not, or with another key
   */
  public byte[] open(String place, byte[] sealed) {
    if (sealed.length < NONCE_BYTES) {
      throw new IllegalArgumentException("too short to be a sealed secret");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    byte[] rest = new byte[sealed.length - NONCE_BYTES];
    ByteBuffer.wrap(sealed).get(nonce).get(rest);
    return run(Cipher.DECRYPT_MODE, nonce, place, rest);
  }

  private byte[] run(int mode, byte[] nonce, String place, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("this secret was not sealed here with this key", e);
    }
  }

  private static SecretBox parse(Path file, String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text.strip());
      if (key.length == KEY_BYTES) {
        return new SecretBox(key);
      }
    } catch (IllegalArgumentException e) {
      // Said below, without the text.
    }
    throw unusable(file, "it does not hold " + KEY_BYTES + " bytes in Base64");
  }

  private static IllegalArgumentException unusable(Path file, String why) {
    return new IllegalArgumentException(
        "the secret key file "
            + file
            + " is of no use: "
            + why
            + ". Make one: umask 077; openssl rand -base64 "
            + KEY_BYTES
            + " > secret-key");
  }

  private static String newText() {
    return Base64.getEncoder().encodeToString(random(KEY_BYTES)) + "\n";
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "SecretBox";
  }
}
