package io.sluice.loop;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates and keys as text (RFC 7468), read as Vert.x reads them: keys of EC and RSA, in
 * PKCS#8 or in their own forms.
 */
public final class PemStore {
  private static final char[] IN_MEMORY = KeyStoreHelper.DUMMY_PASSWORD.toCharArray();

  private PemStore() {}

  /** A key with the chain of its certificates, and who shows them. */
  public record Identity(PrivateKeyEntry entry, KeyManagerFactory keys) {}

  /**
   * Reads a private key and the chain of its certificates.
   *
   * @throws GeneralSecurityException when the texts do not hold that; it says nothing of the key
   */
  public static Identity identity(String certificates, String key) throws GeneralSecurityException {
    KeyStore store = load(() -> KeyStoreHelper.loadKeyCert(one(key), one(certificates)));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, IN_MEMORY);
    String alias = store.aliases().nextElement();
    var entry = (PrivateKeyEntry) store.getEntry(alias, new PasswordProtection(IN_MEMORY));
    return new Identity(entry, keys);
  }

  /**
   * Reads the certificates of authorities.
   *
   * @throws GeneralSecurityException when the text holds none
   */
  public static TrustManagerFactory authorities(String certificates)
      throws GeneralSecurityException {
    KeyStore store = load(() -> KeyStoreHelper.loadCA(Stream.of(Buffer.buffer(certificates))));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  private static List<Buffer> one(String text) {
    return List.of(Buffer.buffer(text));
  }

  private interface Loading {
    KeyStore load() throws Exception;
  }

  /** What is thrown may repeat what it could not read, so it is not passed on. */
  private static KeyStore load(Loading loading) throws GeneralSecurityException {
    try {
      return loading.load();
    } catch (Exception _) {
      throw new GeneralSecurityException("it is not the PEM that is expected");
    }
  }
}
