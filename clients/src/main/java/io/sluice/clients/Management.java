package io.sluice.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does on the management port, in one tenant. */
final class Management {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Gateway gateway;
  private final String tenant;

  private Management(Gateway gateway, String tenant) {
    this.gateway = gateway;
    this.tenant = tenant;
  }

  /** In a new tenant. */
  static Management ofNewTenant(Gateway gateway, String name) {
    JsonNode made = send(gateway, "POST", "/admin/tenants", "{\"name\":\"%s\"}".formatted(name));
    return new Management(gateway, made.get("id").asString());
  }

  /** Posts to a path within the tenant, and expects a success. */
  JsonNode post(String path, String json, Object... values) {
    return send(gateway, "POST", "/admin/tenants/" + tenant + path, json.formatted(values));
  }

  /** Puts to a path within the tenant, and expects a success. */
  JsonNode put(String path, String json) {
    return send(gateway, "PUT", "/admin/tenants/" + tenant + path, json);
  }

  private static JsonNode send(Gateway gateway, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.managementUrl() + path))
            .header("Authorization", "Bearer " + gateway.adminToken())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
