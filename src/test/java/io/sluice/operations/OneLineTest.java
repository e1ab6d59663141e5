package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators call something reads alike wherever it is shown, or is refused. */
class OneLineTest extends ManagedApis {
  private static final String OWN = "/admin/tenants/%d";

  /** An operation with a text in its body. */
  private record Naming(String method, String path, String body) {
    Reply send(String text) {
      return admin.send(method, path.formatted(tenant.value()), body.formatted(text));
    }
  }

  private static List<Naming> namings() {
    return List.of(
        new Naming("POST", "/admin/tenants", "{\"name\":\"%s\"}"),
        new Naming("PATCH", OWN, "{\"name\":\"%s\"}"),
        new Naming("POST", "/admin/administrators", "{\"name\":\"%s\",\"role\":\"reader\"}"),
        new Naming("POST", OWN + "/credentials/api-keys", "{\"label\":\"%s\"}"),
        new Naming("POST", OWN + "/credentials/client-secrets", "{\"label\":\"%s\"}"),
        new Naming("POST", OWN + "/credentials/oauth-clients", "{\"label\":\"%s\"}"),
        new Naming(
            "POST",
            OWN + "/credentials/users",
            "{\"username\":\"%s\",\"password\":\"a longer pass-phrase\"}"),
        new Naming(
            "POST",
            OWN + "/transfers/" + apis.transferBetweenLedgers() + "/reverse",
            "{\"reason\":\"%s\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\n", "\\t", "\\u007f", "\\u009b", "\\u061c", "\\u200e", "\\u2028", "\\u2029", "\\u202e",
        "\\u2066"
      })
  void refusesWhatShowsOtherwiseThanItReads(String mark) {
    for (Naming naming : namings()) {
      // When
      Reply reply = naming.send("a" + mark + "b");

      // Then
      assertThat(reply.status()).as("%s %s", naming, reply).isEqualTo(400);
      assertThat(reply.json().path("error").textValue()).isEqualTo("invalid");
    }
  }

  @Test
  void takesAllLanguages() {
    for (Naming naming : namings()) {
      // When
      Reply reply = naming.send("Zoë שלום 👩‍👧 " + UUID.randomUUID());

      // Then
      assertThat(reply.status()).as("%s %s", naming, reply).isBetween(200, 201);
    }
  }
}
