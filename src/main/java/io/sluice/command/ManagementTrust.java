package io.sluice.command;

import io.sluice.access.TlsAuthorities;
import io.sluice.access.TlsIdentity;
import io.sluice.assembly.StartException;
import io.sluice.config.ManagementClientSettings;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom this program's own commands trust over TLS, and what they show. A token goes to nobody who
 * is not known; a question without one, such as how the gateway is, needs no proof of who answers
 * unless the configuration says whom to trust: the answer is no secret.
 */
record ManagementTrust(ManagementClientSettings settings) {
  /**
   * Prepares a connection.
   *
   * @param name that the gateway's certificate must have, unless the configuration names another
   * @throws StartException when a file is of no use
   */
  void prepare(HttpsURLConnection connection, String name, boolean hasToken) {
    SSLContext context = context(hasToken);
    String proven = settings.serverName().orElse(name);
    connection.setSSLSocketFactory(new NamedSockets(context.getSocketFactory(), proven));
    // The sockets have looked at the name by now.
    connection.setHostnameVerifier((host, session) -> true);
  }

  private SSLContext context(boolean hasToken) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown(), trusted(hasToken), null);
      return context;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  private TrustManager[] trusted(boolean hasToken) throws GeneralSecurityException {
    if (settings.caFile().isPresent()) {
      return TlsAuthorities.read(settings.caFile().get()).trust().getTrustManagers();
    }
    return hasToken ? javas() : new TrustManager[] {new Anybody()};
  }

  private static TrustManager[] javas() throws GeneralSecurityException {
    var own = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    own.init((KeyStore) null);
    return own.getTrustManagers();
  }

  private KeyManager[] shown() {
    return settings
        .certificateFile()
        .map(
            certificate ->
                TlsIdentity.read(certificate, settings.keyFile().orElseThrow())
                    .keys()
                    .getKeyManagers())
        .orElse(new KeyManager[0]);
  }

  /** Looks at no certificate, as Kubernetes' probes do not. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw onlyServers();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }

    private static UnsupportedOperationException onlyServers() {
      return new UnsupportedOperationException("it is asked about servers");
    }
  }
}
