package io.sluice.faults;

import io.sluice.testing.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Whether a gateway says that it should be sent requests. */
final class Readiness {
  private Readiness() {}

  /** The status that it answers with. */
  static int of(GatewayProcess gateway) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(gateway.managementUrl() + "/health/ready");
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
