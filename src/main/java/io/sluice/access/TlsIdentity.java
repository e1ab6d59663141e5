package io.sluice.access;

import io.sluice.loop.PemStore;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate with its key, as one side of a TLS connection shows them. Two are equal when their
 * files hold the same, wherever links lead.
 */
public final class TlsIdentity {
  private final String certificates;
  private final String key;
  private final PemStore.Identity identity;

  private TlsIdentity(String certificates, String key, PemStore.Identity identity) {
    this.certificates = certificates;
    this.key = key;
    this.identity = identity;
  }

  /**
   * Reads both files. Blocks.
   *
   * @throws IllegalArgumentException when they do not hold a certificate and its key, or others may
   *     read the key; the message says what to do and nothing of the key
   */
  public static TlsIdentity read(Path certificateFile, Path keyFile) {
    String certificates = PemFile.read(certificateFile);
    String key = PemFile.readSecret(keyFile);
    try {
      var read = new TlsIdentity(certificates, key, PemStore.identity(certificates, key));
      if (!KeyPairs.match(read.identity.entry().getPrivateKey(), read.first().getPublicKey())) {
        throw PemFile.unusable(
            keyFile, "its key is not that of the first certificate in " + certificateFile);
      }
      return read;
    } catch (GeneralSecurityException e) {
      throw PemFile.unusable(
          keyFile,
          "it and " + certificateFile + " do not hold a private key and its certificate as PEM");
    }
  }

  /** Who shows the certificate, and proves that it is ours. */
  public KeyManagerFactory keys() {
    return identity.keys();
  }

  /** When the certificate ends. */
  public Instant end() {
    return first().getNotAfter().toInstant();
  }

  private X509Certificate first() {
    return (X509Certificate) identity.entry().getCertificate();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TlsIdentity that
        && certificates.equals(that.certificates)
        && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return certificates.hashCode();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TlsIdentity[" + first().getSubjectX500Principal() + ", end=" + end() + "]";
  }
}
