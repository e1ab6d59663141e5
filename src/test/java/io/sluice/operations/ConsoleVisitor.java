package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.TestClient;
import java.util.List;
import java.util.Map;

/** Somebody at the console, as a page of it sends requests. */
record ConsoleVisitor(TestClient page, String cookie, String proof) {
  static final String SESSION = "/console/session";

  /** A page of which nobody is signed in. */
  static TestClient page(TestingManagement management) {
    String origin = "http://127.0.0.1:" + management.management.port();
    return TestClient.of(origin, ReplyCheck.NONE)
        .with("Origin", origin)
        .with("Sec-Fetch-Site", "same-origin");
  }

  static Reply trySigningIn(TestClient page, String token) {
    return page.post(SESSION, "{\"token\":\"%s\"}".formatted(token));
  }

  static ConsoleVisitor signIn(TestingManagement management, String token) {
    TestClient page = page(management);
    Reply reply = trySigningIn(page, token);
    assertThat(reply.status()).as(reply::toString).isEqualTo(204);
    String cookie = reply.header("Set-Cookie").orElseThrow().split(";")[0];
    TestClient known = page.with("Cookie", cookie);
    String proof = known.get(SESSION).json().path("proof").textValue();
    return new ConsoleVisitor(known.with(ConsoleSessions.PROOF, proof), cookie, proof);
  }

  /** Requests that others make a browser send, or send themselves, in place of the page. */
  Map<String, TestClient> strangers() {
    return Map.of(
        "a foreign page", page.with("Origin", "https://attacker.example"),
        "a page without an origin", page.with("Origin", "null"),
        "a page of another port", page.with("Origin", "http://127.0.0.1:1"),
        "a page of the same site", page.with("Sec-Fetch-Site", "same-site"),
        "a page of another site", page.with("Sec-Fetch-Site", "cross-site"),
        "who does not say from where", page.without("Origin"),
        "who cannot read pages", page.without(ConsoleSessions.PROOF),
        "who guesses", page.with(ConsoleSessions.PROOF, "x".repeat(32)));
  }

  /** Those whom the cookie says nothing of. */
  List<TestClient> unknown() {
    return List.of(
        page.without("Cookie"),
        page.with("Cookie", "sluice_console="),
        page.with("Cookie", "sluice_console=" + "x".repeat(32)),
        page.with("Cookie", "other=" + cookie),
        page.with("Cookie", cookie + "; sluice_console=x"),
        page.with("Cookie", "sluice_console=x; " + cookie));
  }
}
