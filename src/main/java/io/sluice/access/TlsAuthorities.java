package io.sluice.access;

import io.sluice.loop.PemStore;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.TrustManagerFactory;

/** Whom one side of a TLS connection trusts to say who the other is. */
public final class TlsAuthorities {
  private final String certificates;
  private final TrustManagerFactory trust;

  private TlsAuthorities(String certificates, TrustManagerFactory trust) {
    this.certificates = certificates;
    this.trust = trust;
  }

  /**
   * Reads the file. Blocks.
   *
   * @throws IllegalArgumentException when it holds no certificates
   */
  public static TlsAuthorities read(Path file) {
    String certificates = PemFile.read(file);
    try {
      return new TlsAuthorities(certificates, PemStore.authorities(certificates));
    } catch (GeneralSecurityException e) {
      throw PemFile.unusable(file, "it holds no certificates as PEM");
    }
  }

  /** Who checks the other side's certificate. */
  public TrustManagerFactory trust() {
    return trust;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TlsAuthorities that && certificates.equals(that.certificates);
  }

  @Override
  public int hashCode() {
    return certificates.hashCode();
  }
}
