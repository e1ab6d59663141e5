package io.sluice.command;

import io.sluice.config.ManagementClientSettings;
import io.sluice.config.ManagementSettings;
import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/** Asks the management port of the gateway that runs with this configuration. */
record ManagementClient(ManagementSettings settings, boolean isTls, ManagementTrust trust) {
  private static final int TIMEOUT_MS = 4_000;

  /** Many times what the longest answer has. */
  private static final int MAX_BYTES = 1_048_576;

  static ManagementClient of(SluiceConfig config) {
    ManagementClientSettings client = config.managementClient();
    boolean isTls = config.managementTls().isOn() || client.caFile().isPresent();
    return new ManagementClient(config.management(), isTls, new ManagementTrust(client));
  }

  /** What was answered. */
  record Reply(int status, String body) {
    boolean isError() {
      return status >= HttpURLConnection.HTTP_BAD_REQUEST;
    }
  }

  /**
   * Asks once; blocks.
   *
   * @param target the path with its query
   * @param token of an administrator, where that is needed
   */
  Reply get(String target, Optional<String> token) throws IOException {
    return answer(open(target, token));
  }

  /**
   * Has something done, once; blocks.
   *
   * @param token of an administrator
   * @param json the body
   */
  Reply post(String target, String token, String json) throws IOException {
    HttpURLConnection connection = open(target, Optional.of(token));
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    try (OutputStream body = connection.getOutputStream()) {
      body.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return answer(connection);
  }

  private HttpURLConnection open(String target, Optional<String> token) throws IOException {
    var connection = (HttpURLConnection) uri(target).toURL().openConnection();
    if (connection instanceof HttpsURLConnection https) {
      trust.prepare(https, host(), token.isPresent());
    }
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    token.ifPresent(it -> connection.setRequestProperty("Authorization", "Bearer " + it));
    return connection;
  }

  private static Reply answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    boolean isError = status >= HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream body = isError ? connection.getErrorStream() : connection.getInputStream()) {
      byte[] bytes = body == null ? new byte[0] : body.readNBytes(MAX_BYTES);
      return new Reply(status, new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private URI uri(String target) {
    String host = host();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    String scheme = isTls ? "https" : "http";
    return URI.create("%s://%s:%d%s".formatted(scheme, shown, settings.port(), target));
  }

  private String host() {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    return address.getAddress() != null && address.getAddress().isAnyLocalAddress()
        ? InetAddress.getLoopbackAddress().getHostAddress()
        : settings.host();
  }
}
