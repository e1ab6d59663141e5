package io.sluice.access;

import io.sluice.ledger.TenantId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that the audit holds. Its fields have the names of the Elastic Common Schema, and names
 * below {@code sluice} where that has none; none of them is ever a secret.
 */
public final class AuditEvent {
  /** The field with the id of a transfer, as text. */
  public static final String TRANSFER = "sluice.transfer";

  /** The field with the number of a credential. */
  public static final String CREDENTIAL = "sluice.credential";

  /** The field with the id of the request in which it happened. */
  public static final String REQUEST = "http.request.id";

  private final String action;
  private final Outcome outcome;
  private final String message;
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private Optional<TenantId> tenant = Optional.empty();

  /** How it ended; unknown as long as it has not. */
  public enum Outcome {
    UNKNOWN,
    SUCCESS,
    FAILURE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private AuditEvent(String action, Outcome outcome, String message) {
    this.action = action;
    this.outcome = outcome;
    this.message = message;
    with("event.action", action).with("event.outcome", outcome.text());
  }

  /**
   * An event.
   *
   * @param action what was done or tried: the name of an operation, or one word
   * @param message the same for people
   */
  public static AuditEvent of(String action, Outcome outcome, String message) {
    return new AuditEvent(action, outcome, message);
  }

  /** Whom it concerns. */
  public AuditEvent about(TenantId concerned) {
    tenant = Optional.of(concerned);
    return with("sluice.tenant", concerned.value());
  }

  /**
   * One more field.
   *
   * @param value a text or a number; left out where it is empty
   */
  public AuditEvent with(String field, Object value) {
    if (!value.toString().isEmpty()) {
      fields.put(field, value);
    }
    return this;
  }

  String action() {
    return action;
  }

  Outcome outcome() {
    return outcome;
  }

  String message() {
    return message;
  }

  Optional<TenantId> tenant() {
    return tenant;
  }

  Optional<Object> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  Map<String, Object> fields() {
    return Collections.unmodifiableMap(fields);
  }
}
