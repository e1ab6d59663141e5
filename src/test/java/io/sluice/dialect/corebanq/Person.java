package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.UUID;

/** Somebody with a name and a password, who signs in. */
record Person(Room room, TenantId tenant, UUID id, String name) {
  static final String PASSWORD = "correct horse";
  static final String APP = "web-app";

  static Person of(Room room, TenantId tenant) {
    String name = "user-" + UUID.randomUUID();
    UUID id = Await.result(room.gateway().issuer().issue(Names.USER, tenant, name, PASSWORD));
    return new Person(room, tenant, id, name);
  }

  static String loginBody(String name, String password) {
    return "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}";
  }

  String loginBody() {
    return loginBody(name, PASSWORD);
  }

  Reply login() {
    return login(APP);
  }

  Reply login(String app) {
    return through(app).post("/v1/authenticate", loginBody());
  }

  TestClient through(String app) {
    return room.anonymous().with("X-App-ID", app);
  }

  /** Signs in; it must succeed. */
  Session signIn() {
    return Session.of(login());
  }

  /** What signing in gives. */
  record Session(String accessToken, String cookie) {
    static Session of(Reply reply) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      String cookie = reply.header("Set-Cookie").orElseThrow();
      return new Session(
          reply.json().get("access_token").textValue(), cookie.substring(0, cookie.indexOf(';')));
    }
  }

  Reply refresh(Session session) {
    return refresh(APP, session.accessToken(), session.cookie());
  }

  Reply refresh(String app, String bearer, String cookie) {
    return through(app)
        .with("Authorization", "Bearer " + bearer)
        .with("Cookie", cookie)
        .send("POST", "/v1/refresh-token", new byte[0]);
  }

  /** What the operator says of it. */
  String rule(String body) {
    return administer("PUT", "users/" + id, body);
  }

  String administer(String method, String path, String body) {
    String all = "/admin/tenants/" + tenant.value() + "/corebanq/" + path;
    return room.gateway().administer("corebanq", method, all, body).text();
  }

  /** The code that waits to be sent to it. */
  String sentCode() {
    String codes = administer("POST", "codes", "");
    for (JsonNode code : io.sluice.dialect.Json.parse(codes).get("codes")) {
      if (code.get("user_id").textValue().equals(id.toString())) {
        return code.get("code").textValue();
      }
    }
    throw new AssertionError("no code for " + id + " in " + codes);
  }

  /** Signs in and takes the challenge. */
  String challenged() {
    Reply reply = login();
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.header("Set-Cookie")).isEmpty();
    assertThat(reply.json().has("access_token")).isFalse();
    return reply.json().get("challenge").textValue();
  }

  Reply verify(String challenge, String code) {
    return through(APP).with("X-MFA-Challenge", challenge).post("/v1/verify-2FA", codeBody(code));
  }

  String codeBody(String code) {
    return "{\"user_id\":\"" + id + "\",\"otp\":\"" + code + "\"}";
  }
}
