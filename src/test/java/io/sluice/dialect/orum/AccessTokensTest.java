package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.access.IssuedClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token call over HTTP. */
class AccessTokensTest {
  private static final String PATH = "/oauth/token";
  private static final List<String> FORM =
      List.of("Content-Type", "application/x-www-form-urlencoded");

  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private static OrumTenant tenant;
  private static OrumTenant stranger;
  private static IssuedClient secret;

  @BeforeAll
  static void start() {
    tenant = FIXTURE.tenant();
    stranger = tenant.with(List.of());
    secret = FIXTURE.client(tenant, "tokens", Set.of("read:balances"));
  }

  @Test
  void credentialsBecomeATokenOfOneHour() {
    // When
    OrumReply reply = stranger.post(PATH, json(secret.clientId(), secret.clientSecret()));

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().properties().stream().map(e -> e.getKey()))
        .containsExactly("access_token", "token_type", "expires_in");
    assertThat(reply.text("/token_type")).isEqualTo("Bearer");
    assertThat(reply.number("/expires_in")).isEqualTo(3600);
    OrumTenant bearer = tenant.with(OrumTenant.headers(reply.text("/access_token")));
    assertThat(bearer.get(BALANCE).status()).isEqualTo(200);
    assertThat(bearer.get("/deliver/subledgers").summary()).isEqualTo("403 forbidden");
  }

  @Test
  void aFormDoesAsWell() {
    // Given
    String form =
        "client_id="
            + encoded(secret.clientId())
            + "&client_secret="
            + encoded(secret.clientSecret())
            + "&grant_type=client_credentials&scope=write%3Abooktransfers";

    // When
    OrumReply reply = tenant.with(FORM).post(PATH, form);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/access_token")).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400 missing_client_id",
        "{'client_id':null,'client_secret':'s'}|400 missing_client_id",
        "{'client_id':7,'client_secret':'s'}|400 invalid_client_id",
        "{'client_id':['c'],'client_secret':'s'}|400 invalid_client_id",
        "{'client_id':'c'}|400 missing_client_secret",
        "{'client_id':'c','client_secret':null}|400 missing_client_secret",
        "{'client_id':'c','client_secret':true}|400 invalid_client_secret",
        "{'client_id':'','client_secret':''}|400 invalid_client_id",
        "{'client_id':'c','client_secret':''}|400 invalid_client_secret",
        "{'client_id':'c','client_secret':'s'}|401 unauthorized",
        "[]|400 bad_request",
        "{|400 bad_request"
      })
  void whatIsAmissInJsonIsNamed(String body, String expected) {
    assertThat(stranger.post(PATH, body.replace('\'', '"')).summary()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'',400 missing_client_id",
    "client_secret=s,400 missing_client_id",
    "client_id=c,400 missing_client_secret",
    "client_id=&client_secret=s,400 invalid_client_id",
    "client_id=c&client_secret=,400 invalid_client_secret",
    "client_id=c&client_secret=s,401 unauthorized",
    "client_id=c&client_id=c&client_secret=s,400 bad_request",
    "client_id=%zz&client_secret=s,400 bad_request",
    "client_id=%00&client_secret=s,400 bad_request"
  })
  void whatIsAmissInAFormIsNamed(String body, String expected) {
    assertThat(tenant.with(FORM).post(PATH, body).summary()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|client_id is required",
        "{'client_id':7}|client_id must be a string",
        "{'client_id':'c'}|client_secret is required",
        "{'client_id':'c','client_secret':7}|client_secret must be a string"
      })
  void whatIsAmissIsSaidInTheProvidersWords(String body, String message) {
    assertThat(stranger.post(PATH, body.replace('\'', '"')).text("/message")).isEqualTo(message);
  }

  @Test
  void thePairMustMatch() {
    // Given
    IssuedClient other = FIXTURE.client(FIXTURE.tenant(), "other", Set.of("read:balances"));

    // When
    List<String> answers =
        List.of(
            stranger.post(PATH, json(secret.clientId(), other.clientSecret())).summary(),
            stranger.post(PATH, json(other.clientId(), secret.clientSecret())).summary(),
            stranger.post(PATH, json(secret.clientId(), secret.clientSecret() + "x")).summary());

    // Then
    assertThat(answers).containsOnly("401 unauthorized");
  }

  @Test
  void aReplacedSecretNoLongerWorks() {
    // Given
    OrumTenant owner = FIXTURE.tenant();
    IssuedClient old = FIXTURE.client(owner, "replaced", Set.of("read:balances"));
    String before = stranger.post(PATH, json(old.clientId(), old.clientSecret())).summary();

    // When
    FIXTURE.client(owner, "replaced", Set.of("read:balances"));

    // Then
    String after = stranger.post(PATH, json(old.clientId(), old.clientSecret())).summary();
    assertThat(List.of(before, after)).containsExactly("200", "401 unauthorized");
  }

  @Test
  void anotherMediaTypeIsABadRequest() {
    // When
    OrumReply reply = tenant.with(List.of("Content-Type", "text/plain")).post(PATH, "{}");

    // Then
    assertThat(reply.summary()).isEqualTo("400 bad_request");
  }

  private static String json(String id, String secret) {
    return "{\"client_id\":\"" + id + "\",\"client_secret\":\"" + secret + "\"}";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
