package io.sluice.dialect.corebanq;

import io.sluice.access.SecretBox;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.TenantId;
import io.sluice.store.corebanq.SecondFactors;
import io.sluice.store.corebanq.SecondFactors.Code;
import io.sluice.store.corebanq.SecondFactors.Message;
import io.sluice.store.corebanq.SecondFactors.Mode;
import io.sluice.store.corebanq.SecondFactors.Rule;
import io.sluice.store.corebanq.SecondFactors.User;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What the operator says of users, and what he takes from here to send it to them. */
record Users(Services services, SecondFactors factors, SecretBox box) {
  private static final String ISSUER = "Sluice";
  private static final int MAX_ADDRESS_CHARS = 255;

  /** Codes that one call hands out; further ones are for the next. */
  private static final int MAX_MESSAGES = 100;

  /** Without what looks alike; 32 of them, so that each carries five bits. */
  private static final String CODE_CHARS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int CODE_LENGTH = 8;
  private static final Wanted<String> ADDRESS = new Wanted.Characters(1, MAX_ADDRESS_CHARS);
  private static final Kind<Mode> MODE = Kind.Word.of(Mode.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Asked(UUID user, Rule rule) {}

  /** Sets a user's role and second factor. */
  Future<Answer> set(TenantId tenant, Call call) {
    Asked asked = Reader.withBody(call, Users::asked);
    return factors
        .put(tenant, Names.USER.name(), asked.user(), asked.rule())
        .compose(there -> show(tenant, asked.user(), there));
  }

  /** Tells a user's role and second factor. */
  Future<Answer> get(TenantId tenant, Call call) {
    UUID user = Reader.withoutBody(call, Reader::user);
    return factors
        .show(tenant, Names.USER.name(), user)
        .map(found -> found.orElseThrow(() -> new ApiException(Errors.userNotFound(user))))
        .map(found -> answer(user, found));
  }

  private static Asked asked(Reader reader) {
    Mode mode = reader.required("mfa_mode", MODE);
    Optional<String> address = reader.optional("address", ADDRESS);
    boolean sent = mode == Mode.EMAIL || mode == Mode.PHONE;
    if (sent != address.isPresent()) {
      reader.refuse("address", "is where codes of email and phone are sent, and of no other");
    }
    return new Asked(
        reader.user(), new Rule(reader.required("internal", Reader.FLAG), mode, address));
  }

  private Future<Answer> show(TenantId tenant, UUID user, boolean there) {
    return requireThere(user, there)
        .compose(known -> factors.find(tenant, user))
        .map(found -> answer(user, found.orElseThrow()));
  }

  private static Future<Void> requireThere(UUID user, boolean there) {
    return there
        ? Future.succeededFuture()
        : Future.failedFuture(new ApiException(Errors.userNotFound(user)));
  }

  private static Answer answer(UUID id, User user) {
    return JsonWriter.object()
        .uuid("user_id", id)
        .bool("internal", user.rule().internal())
        .text("mfa_mode", user.rule().mode().name().toLowerCase(Locale.ROOT))
        .text("address", user.rule().address().orElse(null))
        .bool("totp_enrolled", user.enrolled())
        .toAnswer(200);
  }

  /** Makes a secret for an authenticator app, which is told this one time. */
  Future<Answer> enrol(TenantId tenant, Call call) {
    UUID user = Reader.withoutBody(call, Reader::user);
    byte[] secret = Totp.newSecret();
    byte[] sealed = box.seal(Totp.place(tenant, user), secret);
    return factors
        .enrol(tenant, Names.USER.name(), user, Buffer.buffer(sealed))
        .compose(there -> requireThere(user, there))
        .map(
            known ->
                JsonWriter.object()
                    .uuid("user_id", user)
                    .text("secret", Totp.base32(secret))
                    .text("uri", Totp.uri(ISSUER, user.toString(), secret))
                    .toAnswer(201)
                    .with("Cache-Control", "no-store"));
  }

  /** Hands out the codes that users wait for, each once, to whoever sends them. */
  Future<Answer> takeCodes(TenantId tenant, Call call) {
    return factors.take(tenant, services.now(), MAX_MESSAGES, Users::code).map(Users::answer);
  }

  private static Answer answer(List<Message> messages) {
    return JsonWriter.object()
        .objects("codes", messages, Users::write)
        .toAnswer(200)
        .with("Cache-Control", "no-store");
  }

  private static void write(JsonWriter json, Message message) {
    json.uuid("user_id", message.user())
        .text("channel", message.mode().name().toLowerCase(Locale.ROOT))
        .text("address", message.address())
        .text("code", message.code())
        .time("expires_at", message.expiresAt());
  }

  private static Code code() {
    var text = new StringBuilder(CODE_LENGTH);
    for (int i = 0; i < CODE_LENGTH; i++) {
      text.append(CODE_CHARS.charAt(RANDOM.nextInt(CODE_CHARS.length())));
    }
    return new Code(text.toString(), Ticket.hash(text.toString()));
  }
}
