package io.sluice.dialect.corebanq;

import io.sluice.access.AuditEvent;
import io.sluice.access.AuditTrail;
import io.sluice.access.ClientAddress;
import io.sluice.access.Credentials.Login;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.store.corebanq.SecondFactors;
import io.sluice.store.corebanq.SecondFactors.Mode;
import io.sluice.store.corebanq.SecondFactors.Rule;
import io.sluice.store.corebanq.SecondFactors.User;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /v1/authenticate}, and {@code /admin} below it: a user's name and password for a
 * session, or for a challenge where a second factor is asked for too.
 */
record SignIn(
    Services services,
    Apps apps,
    Sessions sessions,
    SecondFactor secondFactor,
    SecondFactors factors,
    AuditTrail audit) {
  private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MAX_USERNAME_CHARS = 255;
  private static final int MAX_PASSWORD_CHARS = 1024;
  private static final Wanted<String> USERNAME = new Wanted.Characters(1, MAX_USERNAME_CHARS);
  private static final Wanted<String> PASSWORD = new Wanted.Characters(1, MAX_PASSWORD_CHARS);

  Future<Answer> authenticate(Call call) {
    return signIn(call, false);
  }

  /** The same for users with the Internal role only. */
  Future<Answer> authenticateAdmin(Call call) {
    return signIn(call, true);
  }

  private Future<Answer> signIn(Call call, boolean internal) {
    String app = apps.named(call).orElse(Apps.NONE);
    return Reader.withBody(call, reader -> login(reader, call.address()))
        .get()
        .compose(login -> answer(call, login, app, internal));
  }

  private Supplier<Future<Login>> login(Reader reader, ClientAddress address) {
    String username = reader.required("username", USERNAME);
    String password = reader.required("password", PASSWORD);
    return () -> services.credentials().login(Names.USER, username, password, address);
  }

  private Future<Answer> answer(Call call, Login login, String app, boolean internal) {
    return switch (login) {
      case Login.Success success ->
          factors
              .find(success.tenant(), success.user().id())
              .compose(found -> goOn(call, success, found, app, internal));
      case Login.Denied denied -> Future.succeededFuture(Errors.loginDenied());
      case Login.Locked locked -> Future.succeededFuture(Errors.accountLocked(locked.remaining()));
      case Login.Busy busy -> Future.succeededFuture(Errors.rateLimited(BUSY_RETRY_AFTER));
    };
  }

  private Future<Answer> goOn(
      Call call, Login.Success success, Optional<User> found, String app, boolean internal) {
    call.isFrom(success.principal());
    Rule rule = found.map(User::rule).orElse(Rule.NONE);
    if (internal && !rule.internal()) {
      return audit
          .writeFailure(roleRefused(call, success), call.address())
          .map(written -> Errors.notInternal());
    }
    if (rule.mode() == Mode.OFF) {
      return sessions.open(call, success.principal(), success.user(), app);
    }
    Instant now = services.now();
    return found
        .flatMap(User::lockedUntil)
        .filter(now::isBefore)
        .map(until -> Errors.accountLocked(Duration.between(now, until)))
        .map(Future::succeededFuture)
        .orElseGet(() -> secondFactor.ask(success, found.orElseThrow(), app));
  }

  private static AuditEvent roleRefused(Call call, Login.Success success) {
    return AuditEvent.of(
            "role_refused", AuditEvent.Outcome.FAILURE, "a user without the role has signed in")
        .about(success.tenant())
        .with(AuditEvent.CREDENTIAL, success.principal().credential().value())
        .with("client.address", call.address().network())
        .with("sluice.dialect", Names.DIALECT);
  }
}
