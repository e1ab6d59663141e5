package io.sluice.dialect.corebanq;

import io.sluice.access.AuditEvent;
import io.sluice.access.AuditTrail;
import io.sluice.access.Presented;
import io.sluice.access.RenewableToken;
import io.sluice.access.Rights;
import io.sluice.access.TokenClaims;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.Principal;
import io.sluice.store.access.Backing;
import io.sluice.store.corebanq.Grantee;
import io.sluice.store.corebanq.SessionStore;
import io.sluice.store.corebanq.SessionStore.Span;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a user has once it has proved itself: an access token, and a refresh token in a cookie,
 * which gives another access token once.
 */
record Sessions(Services services, Apps apps, SessionStore store, AuditTrail audit) {
  /** How long a token is good for. CoreBanq calls its tokens short-lived and names no figure. */
  static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  static final Duration REFRESH_LIFETIME = Duration.ofHours(24);

  /** However often it is refreshed: then the password is asked for again. */
  static final Duration SESSION_LIFETIME = Duration.ofDays(30);

  /** Cookies of other programs that one call may bring and that are then looked at. */
  private static final int MAX_STRAY_TOKENS = 5;

  /** Begins a session, and writes down who did. */
  Future<Answer> open(Call call, Principal principal, Backing.Credential user, String app) {
    call.isFrom(principal);
    Ticket ticket = Ticket.random();
    Instant now = services.now();
    var grantee = new Grantee(principal.tenant(), user, app, ticket.id(), ticket.hash());
    return store
        .open(grantee, Span.of(now, REFRESH_LIFETIME), now.plus(SESSION_LIFETIME))
        .compose(opened -> audit.write(signedIn(call, principal)))
        .map(
            written ->
                answer(
                    services.token(
                        principal.tenant(),
                        Names.DIALECT,
                        user,
                        new Rights.Everything(),
                        TOKEN_LIFETIME),
                    user,
                    Apps.cookie(app, ticket.text(), REFRESH_LIFETIME.toSeconds())));
  }

  private static AuditEvent signedIn(Call call, Principal principal) {
    return AuditEvent.of("signed_in", AuditEvent.Outcome.SUCCESS, "a user has signed in")
        .about(principal.tenant())
        .with(AuditEvent.CREDENTIAL, principal.credential().value())
        .with("client.address", call.address().network())
        .with("sluice.dialect", Names.DIALECT);
  }

  /** {@code POST /v1/refresh-token}. The access token may have expired, but must be of the user. */
  Future<Answer> refresh(Call call) {
    String app = apps.named(call).orElse(Apps.NONE);
    String bearer =
        call.bearer()
            .map(Presented::text)
            .orElseThrow(() -> new ApiException(Errors.tokenMissing()));
    Map<String, String> tokens = Apps.tokens(call);
    return services
        .tokens()
        .renewable(bearer, Names.DIALECT, call.address())
        .map(found -> found.orElseThrow(() -> new ApiException(Errors.tokenEnded())))
        .compose(
            token ->
                tokens.containsKey(app)
                    ? refresh(call, token, app, tokens.get(app))
                    : refuseStray(call, token, tokens));
  }

  private Future<Answer> refresh(Call call, RenewableToken bearer, String app, String presented) {
    call.isFrom(bearer.principal());
    Optional<Ticket> ticket = Ticket.parse(presented);
    if (ticket.isEmpty()) {
      return Future.succeededFuture(Errors.refreshRefused());
    }
    Ticket renewed = ticket.get().renewed();
    return store
        .prolong(
            grantee(bearer, app, ticket.get()),
            renewed.hash(),
            Span.of(services.now(), REFRESH_LIFETIME))
        .compose(
            prolonged ->
                prolonged
                    ? Future.succeededFuture(renewed(bearer, app, renewed))
                    : end(call, bearer, ticket.get()).map(ended -> Errors.refreshRefused()));
  }

  private static Grantee grantee(RenewableToken bearer, String app, Ticket ticket) {
    return new Grantee(
        bearer.claims().tenant(), bearer.credential(), app, ticket.id(), ticket.hash());
  }

  /** It may do what the one before might. */
  private Answer renewed(RenewableToken bearer, String app, Ticket ticket) {
    TokenClaims claims = bearer.claims();
    String token =
        services.token(
            claims.tenant(), Names.DIALECT, bearer.credential(), claims.rights(), TOKEN_LIFETIME);
    return answer(
        token, bearer.credential(), Apps.cookie(app, ticket.text(), REFRESH_LIFETIME.toSeconds()));
  }

  /**
   * A token that does not fit in every respect, as it was used before or comes from another program
   * or user, may be in the wrong hands: its session ends.
   */
  private Future<Void> end(Call call, RenewableToken bearer, Ticket ticket) {
    return store
        .end(bearer.claims().tenant(), ticket.id())
        .compose(
            ended ->
                ended
                    ? audit.writeFailure(refused(call, bearer), call.address())
                    : Future.succeededFuture());
  }

  private static AuditEvent refused(Call call, RenewableToken bearer) {
    return AuditEvent.of(
            "refresh_refused",
            AuditEvent.Outcome.FAILURE,
            "a refresh token was used again, too late or elsewhere, and its session ended")
        .about(bearer.claims().tenant())
        .with(AuditEvent.CREDENTIAL, bearer.principal().credential().value())
        .with("client.address", call.address().network())
        .with("sluice.dialect", Names.DIALECT);
  }

  /** Refresh tokens of other programs than the one that asks. */
  private Future<Answer> refuseStray(Call call, RenewableToken bearer, Map<String, String> tokens) {
    Future<Void> ended = Future.succeededFuture();
    for (String stray : tokens.values().stream().limit(MAX_STRAY_TOKENS).toList()) {
      Optional<Ticket> ticket = Ticket.parse(stray);
      if (ticket.isPresent()) {
        ended = ended.compose(before -> end(call, bearer, ticket.get()));
      }
    }
    return ended.map(done -> Errors.refreshRefused());
  }

  /** A token never idles out before it expires, so both times are the same. */
  private static Answer answer(String token, Backing.Credential user, String cookie) {
    return JsonWriter.object()
        .text("access_token", token)
        .number("expires_in", TOKEN_LIFETIME.toSeconds())
        .number("idle_timeout_seconds", TOKEN_LIFETIME.toSeconds())
        .uuid("user_id", user.id())
        .toAnswer(200)
        .with("Set-Cookie", cookie)
        .with("Cache-Control", "no-store");
  }
}
