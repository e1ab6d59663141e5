package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.access.ClientAddress;
import io.sluice.access.CredentialType;
import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.access.CredentialType.ClientCredentials;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.access.CredentialType.UserPassword;
import io.sluice.access.Credentials;
import io.sluice.access.Credentials.Login;
import io.sluice.access.VerifiedToken;
import io.sluice.dialect.Dialect;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Credentials of a provider that comes later: nothing but its dialect has to know their types. */
class NewCredentialTypesTest {
  private static final String DIALECT = "newcomer";
  private static final UUID SHIP = UUID.fromString("018f0000-0000-7000-8000-000000000001");

  private static final BearerSecret PASSKEY =
      new BearerSecret(new CredentialTypeName("pass-key"), "PassKey", "pk-live-");
  private static final ClientCredentials APP =
      new ClientCredentials(new CredentialTypeName("app"), "App", 1, Set.of("cargo:read"));
  private static final UserPassword CLERK =
      new UserPassword(new CredentialTypeName("clerk"), "Clerk");
  private static final SubjectToken HARBOUR_TOKEN =
      new SubjectToken(
          new CredentialTypeName("harbour-token"),
          "HarbourToken",
          DIALECT,
          "ship",
          Duration.ofHours(2),
          (tenant, id) ->
              Future.succeededFuture(Optional.of(SHIP).filter(ship -> id.equals("the-ship"))));

  private static TestingGateway gateway;
  private static TestingManagement management;
  private static TestClient admin;

  private final TenantId tenant = gateway.newTenant();

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start();
    management =
        new TestingManagement(
            with(new NewcomerDialect(List.of(PASSKEY, APP, CLERK, HARBOUR_TOKEN))));
    admin = management.admin();
  }

  @AfterAll
  static void close() {
    management.close();
    gateway.close();
  }

  @Test
  void makesFindsListsAndRevokesASecret() {
    // Given
    Reply made = admin.post(path("pass-keys"), "{\"label\":\"bridge\"}");
    String secret = made.json().path("pass_key").textValue();
    var owner = Await.result(credentials().find(PASSKEY, secret, ClientAddress.NONE));
    JsonNode listed = list("pass-keys");

    // When
    Reply revoked = admin.send("DELETE", path("pass-keys/" + id(made)), "");

    // Then
    assertThat(made.status()).isEqualTo(201);
    assertThat(secret).matches("pk-live-[A-Za-z0-9]{32}");
    assertThat(owner.orElseThrow().tenant()).isEqualTo(tenant);
    assertThat(owner.orElseThrow().credential().value())
        .isEqualTo(listed.get(0).path("number").intValue());
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("label").textValue()).isEqualTo("bridge");
    assertThat(listed.toString()).doesNotContain(secret);
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(Await.result(credentials().find(PASSKEY, secret, ClientAddress.NONE))).isEmpty();
  }

  @Test
  void makesFindsListsAndRevokesAClientAndNoMoreThanItsTypeAllows() {
    // Given
    Reply made = admin.post(path("apps"), "{\"label\":\"a\",\"scopes\":[\"cargo:read\"]}");
    Reply second = admin.post(path("apps"), "{\"label\":\"b\"}");
    String clientId = made.json().path("client_id").textValue();
    String secret = made.json().path("client_secret").textValue();
    var found = Await.result(credentials().find(APP, clientId, secret, ClientAddress.NONE));

    // When
    Reply revoked = admin.send("DELETE", path("apps/" + id(made)), "");

    // Then
    assertThat(found.orElseThrow().tenant()).isEqualTo(tenant);
    assertThat(found.orElseThrow().scopes()).containsExactly("cargo:read");
    assertThat(second.json().path("error").textValue()).isEqualTo("too_many");
    assertThat(list("apps").get(0).path("client_id").textValue()).isEqualTo(clientId);
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(Await.result(credentials().find(APP, clientId, secret, ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void makesFindsListsAndRevokesAUserBesideAnotherDialectsOfThatName() {
    // Given
    String name = "clerk-" + UUID.randomUUID();
    String user = "{\"username\":\"" + name + "\",\"password\":\"a good one\"}";
    admin.post(path("users"), user.replace("a good one", "another one"));
    Reply made = admin.post(path("clerks"), user);
    Login login = Await.result(credentials().login(CLERK, name, "a good one", ClientAddress.NONE));

    // When
    Reply revoked = admin.send("DELETE", path("clerks/" + id(made)), "");

    // Then
    assertThat(((Login.Success) login).tenant()).isEqualTo(tenant);
    assertThat(((Login.Success) login).user().id()).hasToString(id(made));
    assertThat(list("clerks").get(0).path("username").textValue()).isEqualTo(name);
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(Await.result(credentials().login(CLERK, name, "a good one", ClientAddress.NONE)))
        .isEqualTo(new Login.Denied());
    assertThat(list("users").get(0).path("revoked_at").isNull()).isTrue();
  }

  @Test
  void makesListsAndRevokesATokenForASubjectThatTheDialectKnows() {
    // Given
    Reply made = admin.post(path("harbour-tokens"), "{\"label\":\"a\",\"ship_id\":\"the-ship\"}");
    Reply unknown = admin.post(path("harbour-tokens"), "{\"label\":\"b\",\"ship_id\":\"other\"}");
    String token = made.json().path("token").textValue();
    var tokens = gateway.services().tokens();
    Optional<VerifiedToken> claims =
        Await.result(tokens.verify(token, DIALECT, ClientAddress.NONE));

    // When
    Reply revoked = admin.send("DELETE", path("harbour-tokens/" + id(made)), "");

    // Then
    assertThat(claims.orElseThrow().tenant()).isEqualTo(tenant);
    assertThat(claims.orElseThrow().subject()).isEqualTo(SHIP);
    assertThat(made.json().path("expires_at").textValue()).isNotBlank();
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().path("error").textValue()).isEqualTo("unknown_ship");
    assertThat(list("harbour-tokens").get(0).path("ship_id").textValue()).isEqualTo("the-ship");
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(Await.result(tokens.verify(token, DIALECT, ClientAddress.NONE))).isEmpty();
  }

  @Test
  void doesNotStartWithTwoTypesOfOneName() {
    // Given
    var impostor = new UserPassword(new CredentialTypeName("api-key"), "Impostor");
    AdministrationParts parts = with(new NewcomerDialect(List.<CredentialType>of(impostor)));

    // When
    var started = assertThatThrownBy(() -> new TestingManagement(parts));

    // Then
    started.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("api-key");
  }

  private static AdministrationParts with(Dialect newcomer) {
    AdministrationParts usual = gateway.assembly().administration();
    List<Dialect> dialects = new ArrayList<>(usual.dialects());
    dialects.add(newcomer);
    return new AdministrationParts(
        usual.tenants(),
        usual.rules(),
        usual.tokens(),
        usual.issuer(),
        usual.ratesChanged(),
        dialects,
        usual.clock(),
        usual.audit(),
        usual.seals(),
        usual.journal(),
        usual.finder(),
        usual.inspection(),
        usual.events(),
        usual.administrators(),
        usual.pipeline(),
        usual.verification());
  }

  private static Credentials credentials() {
    return gateway.services().credentials();
  }

  private JsonNode list(String type) {
    return admin.get(path(type)).json().path("credentials");
  }

  private String path(String rest) {
    return "/admin/tenants/" + tenant.value() + "/credentials/" + rest;
  }

  private static String id(Reply reply) {
    return reply.json().path("id").textValue();
  }
}
