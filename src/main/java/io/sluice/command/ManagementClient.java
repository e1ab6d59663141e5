package io.sluice.command;

import io.sluice.config.ManagementSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks the management port of the gateway that runs with this configuration. */
record ManagementClient(ManagementSettings settings) {
  private static final int TIMEOUT_MS = 4_000;

  /** Many times what the longest answer has. */
  private static final int MAX_BYTES = 1_048_576;

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
    HttpURLConnection connection = (HttpURLConnection) uri(target).toURL().openConnection();
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
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    String host =
        address.getAddress() != null && address.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : settings.host();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://%s:%d%s".formatted(shown, settings.port(), target));
  }
}
