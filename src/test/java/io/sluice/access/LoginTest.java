package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.access.CredentialType.UserPassword;
import io.sluice.access.Credentials.Login;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.Backing;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.testing.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final ClientAddress HERE = ClientAddress.of("10.0.0.1");
  private static final ClientAddress ELSEWHERE = ClientAddress.of("10.0.0.2");

  private static AccessFixture access;

  @BeforeAll
  static void open() {
    access = new AccessFixture();
  }

  @AfterAll
  static void close() {
    access.close();
  }

  @Test
  void logsAUserInByNameAndPassword() {
    // Given
    UUID id = user(access.tenant, "ada", "correct horse");

    // When
    Login login = login("ada", "correct horse");

    // Then
    assertThat(login).isEqualTo(success(access.tenant, id));
  }

  @Test
  void countsTheCharactersOfNamesAndPasswordsByCodePoints() {
    // Given
    String name = "\uD83D\uDE00".repeat(CredentialNames.MAX_NAME_CHARS);
    String password = "\uD83D\uDE00".repeat(CredentialNames.MAX_PASSWORD_CHARS);
    UUID id = user(access.tenant, name, password);

    // When
    Login login = login(name, password);

    // Then
    assertThat(login).isEqualTo(success(access.tenant, id));
  }

  @Test
  void deniesAWrongPasswordAndAnUnknownNameAlike() {
    // Given
    user(access.tenant, "grace", "correct horse");

    // When
    List<Login> logins =
        List.of(
            login("grace", "wrong horse"),
            login("nobody", "correct horse"),
            login("", "correct horse"),
            login("gra\0ce", "correct horse"),
            login("\ud800", "correct horse"),
            login("grace", "x".repeat(CredentialNames.MAX_PASSWORD_CHARS + 1)));

    // Then
    assertThat(logins).containsOnly(new Login.Denied());
  }

  @Test
  void locksAUserAfterFiveWrongPasswordsForFifteenMinutes() {
    // Given
    UUID id = user(access.tenant, "lock", "correct horse");
    IntStream.range(0, 5).forEach(i -> login("lock", "guess " + i));

    // When
    access.clock.advance(Duration.ofMinutes(5));
    Login tooSoon = login("lock", "correct horse");
    access.clock.advance(Duration.ofMinutes(10));
    Login later = login("lock", "correct horse");

    // Then
    assertThat(tooSoon).isEqualTo(new Login.Locked(Duration.ofMinutes(10)));
    assertThat(later).isEqualTo(success(access.tenant, id));
  }

  @Test
  void drawsNoLockOutWhenTheClockHadBeenAhead() {
    // Given
    UUID id = user(access.tenant, "ahead", "correct horse");
    access.clock.advance(Duration.ofDays(1));
    IntStream.range(0, 5).forEach(i -> login("ahead", "guess " + i));
    access.clock.advance(Duration.ofDays(-1));
    Login locked = login("ahead", "correct horse");

    // When
    access.clock.advance(Duration.ofMinutes(15));
    Login later = login("ahead", "correct horse");

    // Then
    assertThat(locked).isEqualTo(new Login.Locked(Duration.ofMinutes(15)));
    assertThat(later).isEqualTo(success(access.tenant, id));
  }

  @Test
  void locksNobodyOutFromElsewhere() {
    // Given
    UUID id = user(access.tenant, "wanted", "correct horse");

    // When
    IntStream.range(0, 9).forEach(i -> login("wanted", "guess " + i, ELSEWHERE));

    // Then
    assertThat(login("wanted", "correct horse")).isEqualTo(success(access.tenant, id));
    assertThat(login("wanted", "correct horse", ELSEWHERE)).isInstanceOf(Login.Locked.class);
  }

  @Test
  void locksANameThatNobodyHasAsItLocksOneThatSomebodyHas() {
    // Given
    user(access.tenant, "somebody", "correct horse");

    // When
    List<Login> somebody = IntStream.range(0, 7).mapToObj(i -> login("somebody", "no")).toList();
    List<Login> noone = IntStream.range(0, 7).mapToObj(i -> login("no-one", "no")).toList();

    // Then
    assertThat(somebody).isEqualTo(noone).hasAtLeastOneElementOfType(Login.Locked.class);
  }

  @Test
  void endsALockThoughOneGoesOnGuessing() {
    // Given
    UUID id = user(access.tenant, "patient", "correct horse");
    IntStream.range(0, 5).forEach(i -> login("patient", "guess " + i));

    // When
    IntStream.range(0, 14)
        .forEach(
            minute -> {
              access.clock.advance(Duration.ofMinutes(1));
              login("patient", "guess");
            });
    access.clock.advance(Duration.ofMinutes(1));

    // Then
    assertThat(login("patient", "correct horse")).isEqualTo(success(access.tenant, id));
  }

  @Test
  void servesTheOneCorrectLoginBesideNinetyFromAnotherAddress() {
    // Given
    UUID id = user(access.tenant, "crowded", "correct horse");
    Passwords few = new Passwords(access.vertx, new PasswordCost(1024, 2, 1, 20));
    PgCredentials credentials =
        new PgCredentials(access.store, few, AccessFixture.SETTINGS, access.clock, access.audit);

    // When
    List<Future<Login>> anonymous =
        IntStream.range(0, 90)
            .mapToObj(i -> credentials.login(AccessFixture.USER, "anon" + i, "x", ELSEWHERE))
            .toList();
    Login correct =
        Await.result(credentials.login(AccessFixture.USER, "crowded", "correct horse", HERE));

    // Then
    assertThat(unnumbered(correct)).isEqualTo(success(access.tenant, id));
    Await.result(Future.all(anonymous));
    assertThat(anonymous.stream().map(Future::result)).contains(new Login.Busy());
  }

  @Test
  void forgetsFailuresAfterTheRightPassword() {
    // Given
    user(access.tenant, "forgiven", "correct horse");
    IntStream.range(0, 4).forEach(i -> login("forgiven", "guess " + i));
    login("forgiven", "correct horse");

    // When
    IntStream.range(0, 4).forEach(i -> login("forgiven", "guess " + i));

    // Then
    assertThat(login("forgiven", "correct horse")).isInstanceOf(Login.Success.class);
  }

  @Test
  void answersOnlyFiveOfManyGuessesAtOnce() {
    // Given
    user(access.tenant, "stormed", "correct horse");

    // When
    List<Future<Login>> guesses =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    access.process.credentials.login(
                        AccessFixture.USER, "stormed", "guess " + i, HERE))
            .toList();

    // Then
    Await.result(Future.all(guesses));
    assertThat(guesses.stream().map(Future::result).filter(Login.Denied.class::isInstance))
        .hasSize(5);
  }

  @Test
  void isBusyBeyondTheBoundedNumberOfChecks() {
    // Given
    Passwords narrow = new Passwords(access.vertx, new PasswordCost(1024, 2, 1, 1));
    PgCredentials credentials =
        new PgCredentials(access.store, narrow, AccessFixture.SETTINGS, access.clock, access.audit);

    // When
    List<Future<Login>> logins =
        IntStream.range(0, 30)
            .mapToObj(i -> credentials.login(AccessFixture.USER, "nobody" + i, "guess", HERE))
            .toList();

    // Then
    Await.result(Future.all(logins));
    assertThat(logins.stream().map(Future::result)).contains(new Login.Busy());
  }

  @Test
  void givesAnExistingUserTheNewPasswordAndKeepsItsId() {
    // Given
    UUID id = user(access.tenant, "changed", "first password");

    // When
    UUID again = user(access.tenant, "changed", "second password");

    // Then
    assertThat(again).isEqualTo(id);
    assertThat(login("changed", "first password")).isEqualTo(new Login.Denied());
    assertThat(login("changed", "second password")).isInstanceOf(Login.Success.class);
  }

  @Test
  void givesNoTenantTheNameOfAnothersUser() {
    // Given
    user(access.tenant, "unique", "correct horse");

    // When
    Future<UUID> taken =
        access.process.issuer.issue(AccessFixture.USER, access.other, "unique", "other password");

    // Then
    assertThat(AccessFixture.refusal(taken)).isEqualTo(CredentialRefused.Reason.NAME_TAKEN);
    assertThat(login("unique", "correct horse")).isInstanceOf(Login.Success.class);
  }

  @Test
  void keepsUsersOfTwoTypesApart() {
    // Given
    var other = new UserPassword(new CredentialTypeName("other"), "Other");
    UUID id = user(access.tenant, "shared", "correct horse");

    // When
    UUID namesake =
        Await.result(access.process.issuer.issue(other, access.other, "shared", "battery staple"));

    // Then
    assertThat(login("shared", "correct horse")).isEqualTo(success(access.tenant, id));
    assertThat(login("shared", "battery staple")).isEqualTo(new Login.Denied());
    assertThat(
            unnumbered(
                Await.result(
                    access.process.credentials.login(other, "shared", "battery staple", HERE))))
        .isEqualTo(success(access.other, namesake));
  }

  @Test
  void deniesARevokedUser() {
    // Given
    UUID id = user(access.tenant, "gone", "correct horse");

    // When
    Await.result(access.process.issuer.revoke(access.tenant, AccessFixture.USER, id));

    // Then
    assertThat(login("gone", "correct horse")).isEqualTo(new Login.Denied());
  }

  private static UUID user(TenantId tenant, String name, String password) {
    return Await.result(access.process.issuer.issue(AccessFixture.USER, tenant, name, password));
  }

  private static Login login(String name, String password) {
    return login(name, password, HERE);
  }

  private static Login login(String name, String password, ClientAddress address) {
    return unnumbered(
        Await.result(
            access.process.credentials.login(AccessFixture.USER, name, password, address)));
  }

  /** The credential's number is the database's own choice. */
  private static Login unnumbered(Login login) {
    return login instanceof Login.Success(Principal who, Backing.Credential user)
        ? new Login.Success(Principal.operator(who.tenant()), user)
        : login;
  }

  private static Login.Success success(TenantId tenant, UUID user) {
    return new Login.Success(Principal.operator(tenant), new Backing.Credential(user, 0));
  }
}
