package io.sluice.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.sluice.config.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** An authority for TLS that only tests trust, and what it issues. */
public final class TestAuthority {
  /** The name in the certificates of its servers, besides the loopback address. */
  public static final String SERVER = "sluice.example";

  private static final char[] PASSWORD = "only for tests".toCharArray();

  private final X509Bundle root = newRoot();

  private static X509Bundle newRoot() {
    try {
      return new CertificateBuilder()
          .subject("CN=authority")
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** For the loopback address and {@link #SERVER}. */
  public X509Bundle server() {
    return server(Instant.now().plus(1, ChronoUnit.DAYS));
  }

  /**
   * The same with an end.
   *
   * @param end to the second
   */
  public X509Bundle server(Instant end) {
    return issue(
        new CertificateBuilder()
            .subject("CN=server")
            .notAfter(end)
            .addSanIpAddress("127.0.0.1")
            .addSanDnsName(SERVER));
  }

  /** For whoever connects. */
  public X509Bundle client() {
    return issue(new CertificateBuilder().subject("CN=client"));
  }

  private X509Bundle issue(CertificateBuilder builder) {
    try {
      return builder.buildIssuedBy(root);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes its own certificate into a file. */
  public Path write(Path file) {
    return write(file, root.getRootCertificatePEM());
  }

  /** Writes the files {@code tls.crt} and {@code tls.key} into a directory. */
  public static void write(Path directory, X509Bundle issued) {
    write(directory.resolve("tls.crt"), issued.getCertificatePathPEM());
    write(directory.resolve("tls.key"), issued.getPrivateKeyPEM());
  }

  /** Whoever reads the file meanwhile reads the earlier one, or this one. */
  public static Path write(Path file, String text) {
    try {
      Path written = Files.createTempFile(file.getParent(), "new", ".pem", PrivateFiles.OWNER_ONLY);
      Files.writeString(written, text);
      return Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trusts this authority, and shows nothing. */
  public SSLContext trusted() {
    return context("TLS", Optional.empty());
  }

  /** Trusts this authority, shows a certificate, and speaks this version of TLS at most. */
  public SSLContext trustedBy(X509Bundle client, String version) {
    return context(version, Optional.of(client));
  }

  /** Trusts this authority, and speaks this version of TLS at most. */
  public SSLContext trusted(String version) {
    return context(version, Optional.empty());
  }

  private SSLContext context(String version, Optional<X509Bundle> shown) {
    try {
      SSLContext context = SSLContext.getInstance(version);
      KeyManager[] keys = shown.isPresent() ? keys(shown.get()) : new KeyManager[0];
      context.init(keys, new TrustManager[] {root.toTrustManager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager[] keys(X509Bundle shown) throws GeneralSecurityException {
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(shown.toKeyStore(PASSWORD), PASSWORD);
    return factory.getKeyManagers();
  }
}
