package io.sluice.dialect.corebanq;

import io.sluice.access.AuditEvent;
import io.sluice.access.AuditTrail;
import io.sluice.access.Credentials.Login;
import io.sluice.access.SecretBox;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.corebanq.Grantee;
import io.sluice.store.corebanq.SecondFactors;
import io.sluice.store.corebanq.SecondFactors.Mode;
import io.sluice.store.corebanq.SecondFactors.Pending;
import io.sluice.store.corebanq.SecondFactors.User;
import io.sluice.store.corebanq.SecondFactors.Verdict;
import io.sluice.store.corebanq.SessionStore.Span;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The challenge after a right password, and {@code POST /v1/verify-2FA}, which answers it. */
record SecondFactor(
    Services services,
    Apps apps,
    Sessions sessions,
    SecondFactors factors,
    SecretBox box,
    AuditTrail audit) {
  static final Duration CHALLENGE_LIFETIME = Duration.ofMinutes(5);

  /** Wrong codes in a row, of whichever challenges of a user. */
  static final int MAX_FAILURES = 5;

  static final Duration LOCK = Duration.ofMinutes(15);
  private static final String HEADER = "X-MFA-Challenge";
  private static final int MAX_CODE_CHARS = 64;
  private static final Wanted<String> CODE = new Wanted.Characters(1, MAX_CODE_CHARS);

  /** Asks a user for a code. */
  Future<Answer> ask(Login.Success login, User user, String app) {
    Ticket ticket = Ticket.random();
    var grantee = new Grantee(login.tenant(), login.user(), app, ticket.id(), ticket.hash());
    return factors
        .ask(grantee, Span.of(services.now(), CHALLENGE_LIFETIME))
        .map(asked -> challenge(login, user, new Challenge(login.tenant(), ticket)));
  }

  private static Answer challenge(Login.Success login, User user, Challenge challenge) {
    Mode mode = user.rule().mode();
    boolean ready = mode != Mode.TOTP || user.enrolled();
    String message =
        switch (mode) {
          case EMAIL -> "Enter the code that is sent to you by email.";
          case PHONE -> "Enter the code that is sent to your phone.";
          case TOTP, OFF ->
              ready
                  ? "Enter the code that your authenticator app shows."
                  : "Have your administrator set up an authenticator app for you first.";
        };
    return JsonWriter.object()
        .uuid("user_id", login.user().id())
        .text(
            "credential_type", ready ? mode.name().toLowerCase(Locale.ROOT) : "totp_setup_required")
        .text("message", message)
        .text("challenge", challenge.text())
        .toAnswer(200)
        .with("Cache-Control", "no-store");
  }

  /** What a client knows of a challenge. */
  private record Response(Optional<String> app, UUID user, String code) {}

  Future<Answer> verify(Call call) {
    Optional<String> app = apps.named(call);
    Optional<Challenge> challenge = call.header(HEADER).flatMap(Challenge::parse);
    Response response =
        Reader.withBody(
            call,
            reader ->
                new Response(
                    app, reader.required("user_id", Reader.ID), reader.required("otp", CODE)));
    return challenge
        .map(known -> verify(call, known, response))
        .orElseGet(() -> refuse(call, Optional.empty(), "otp_refused"));
  }

  private Future<Answer> verify(Call call, Challenge challenge, Response response) {
    TenantId tenant = challenge.tenant();
    Instant now = services.now();
    return services
        .credentials()
        .askForStranger(
            call.address(),
            () ->
                factors.answer(
                    call.address(),
                    tenant,
                    challenge.ticket().id(),
                    now,
                    pending -> judge(tenant, pending, challenge.ticket(), response, now)))
        .compose(
            verdict ->
                switch (verdict) {
                  case Verdict.Right(Pending pending, long step) ->
                      sessions.open(
                          call,
                          new Principal(tenant, pending.number()),
                          pending.user(),
                          pending.app());
                  case Verdict.Wrong wrong -> refuse(call, Optional.of(tenant), "otp_refused");
                  case Verdict.Locked locked -> refuse(call, Optional.of(tenant), "otp_locked");
                  case Verdict.Ignored ignored -> refuse(call, Optional.empty(), "otp_refused");
                });
  }

  /** Whoever does not know the challenge itself must not use up its user's tries. */
  private Verdict judge(
      TenantId tenant, Pending pending, Ticket ticket, Response response, Instant now) {
    boolean known =
        isSame(pending.tokenHash(), ticket.hash())
            && pending.user().id().equals(response.user())
            && response.app().map(pending.app()::equals).orElse(true)
            && pending.lockedUntil().filter(now::isBefore).isEmpty();
    if (!known) {
      return new Verdict.Ignored();
    }
    OptionalLong step = rightStep(tenant, pending, response.code(), now);
    if (step.isPresent()) {
      return new Verdict.Right(pending, step.getAsLong());
    }
    return pending.failures() + 1 >= MAX_FAILURES
        ? new Verdict.Locked(pending.user(), now.plus(LOCK))
        : new Verdict.Wrong(pending.user());
  }

  /** There where the code is right; of a code that was sent there are no steps. */
  private OptionalLong rightStep(TenantId tenant, Pending pending, String code, Instant now) {
    boolean sent =
        pending.mode() != Mode.TOTP
            && pending.codeHash().filter(hash -> isSame(hash, Ticket.hash(code))).isPresent();
    return pending.mode() == Mode.TOTP
        ? pending
            .totpSecret()
            .map(kept -> box.open(Totp.place(tenant, pending.user().id()), kept.getBytes()))
            .map(secret -> Totp.step(secret, now, pending.totpStep(), code))
            .orElseGet(OptionalLong::empty)
        : sent ? OptionalLong.of(0) : OptionalLong.empty();
  }

  private static boolean isSame(Buffer stored, Buffer presented) {
    return MessageDigest.isEqual(stored.getBytes(), presented.getBytes());
  }

  private Future<Answer> refuse(Call call, Optional<TenantId> tenant, String action) {
    AuditEvent event =
        AuditEvent.of(
                action, AuditEvent.Outcome.FAILURE, "a code and what it was asked for do not fit")
            .with("client.address", call.address().network())
            .with("sluice.dialect", Names.DIALECT);
    tenant.ifPresent(event::about);
    return audit.writeFailure(event, call.address()).map(written -> Errors.invalidOtp());
  }
}
