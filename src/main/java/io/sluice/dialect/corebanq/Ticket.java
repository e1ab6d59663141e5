package io.sluice.dialect.corebanq;

import io.sluice.ledger.Digest;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A random secret, with the id of the row that knows its hash. Nobody can guess the id either, so
 * that whoever presents one with another secret has had an older one.
 */
record Ticket(UUID id, String secret) {
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();

  static Ticket random() {
    return new Ticket(UUID.randomUUID(), secretText());
  }

  /** The same row, another secret. */
  Ticket renewed() {
    return new Ticket(id, secretText());
  }

  static Optional<Ticket> parse(String text) {
    Matcher ticket = FORM.matcher(text);
    return ticket.matches()
        ? Optional.of(new Ticket(UUID.fromString(ticket.group(1)), ticket.group(2)))
        : Optional.empty();
  }

  /** As it is handed out. */
  String text() {
    return id + "." + secret;
  }

  /** As it is stored: SHA-256, which nobody can search for a secret of 256 bits. */
  Buffer hash() {
    return hash(secret);
  }

  static Buffer hash(String secret) {
    return Buffer.buffer(Digest.start().add(secret).toBytes());
  }

  private static String secretText() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Ticket";
  }
}
