package io.sluice.dialect.corebanq;

import io.sluice.access.ClientAddress;
import io.sluice.access.Credentials.Login;
import io.sluice.access.Rights;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * {@code POST /v1/authenticate}: a user's name and password for an access token. The headers {@code
 * X-App-ID} and {@code X-Device-ID}, which CoreBanq documents for this call, are not needed.
 */
record Sessions(Services services) {
  /** How long a token is good for. CoreBanq calls its tokens short-lived and names no figure. */
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MAX_USERNAME_CHARS = 255;
  private static final int MAX_PASSWORD_CHARS = 1024;
  private static final Wanted<String> USERNAME = new Wanted.Characters(1, MAX_USERNAME_CHARS);
  private static final Wanted<String> PASSWORD = new Wanted.Characters(1, MAX_PASSWORD_CHARS);

  Future<Answer> authenticate(Call call) {
    return Reader.withBody(call, reader -> login(reader, call.address()))
        .get()
        .map(login -> answer(call, login));
  }

  private Supplier<Future<Login>> login(Reader reader, ClientAddress address) {
    String username = reader.required("username", USERNAME);
    String password = reader.required("password", PASSWORD);
    return () -> services.credentials().login(Names.USER, username, password, address);
  }

  private Answer answer(Call call, Login login) {
    return switch (login) {
      case Login.Success success -> {
        call.isFrom(success.principal());
        yield token(success);
      }
      case Login.Denied denied -> Errors.loginDenied();
      case Login.Locked locked -> Errors.accountLocked(locked.remaining());
      case Login.Busy busy -> Errors.rateLimited(BUSY_RETRY_AFTER);
    };
  }

  /** A token never idles out before it expires, so both times are the same. */
  private Answer token(Login.Success user) {
    String token =
        services.token(
            user.tenant(), Names.DIALECT, user.user(), new Rights.Everything(), TOKEN_LIFETIME);
    return JsonWriter.object()
        .text("access_token", token)
        .number("expires_in", TOKEN_LIFETIME.toSeconds())
        .number("idle_timeout_seconds", TOKEN_LIFETIME.toSeconds())
        .uuid("user_id", user.user().id())
        .toAnswer(200)
        .with("Cache-Control", "no-store");
  }
}
