package io.sluice.dialect.scrip;

import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Text;
import java.util.Optional;

/**
 * What is amiss with one field of a request.
 *
 * @param field the way to it, such as {@code recipients[3].amount}
 * @param expected what was wanted there
 * @param message a whole sentence
 * @param received what was sent, cut; empty where nothing was, or nothing that can be shown
 */
record FieldError(
    String field, String expected, Reason reason, String message, Optional<String> received) {
  /** The most characters of what was sent that are repeated. */
  static final int MAX_RECEIVED_CHARS = 100;

  enum Reason {
    REQUIRED("required"),
    INVALID("invalid");

    private final String word;

    Reason(String word) {
      this.word = word;
    }
  }

  /** A field that is not there. */
  static FieldError required(String field) {
    return new FieldError(
        field, "present", Reason.REQUIRED, field + " is required", Optional.empty());
  }

  /**
   * A field that may not be as it is.
   *
   * @param rule what messages say of it, such as {@code must be more than zero}
   */
  static FieldError invalid(String field, String expected, String rule) {
    return new FieldError(field, expected, Reason.INVALID, field + " " + rule, Optional.empty());
  }

  /** The same in other words. */
  FieldError saying(String other) {
    return new FieldError(field, expected, reason, other, received);
  }

  /** The same of a field with this value. */
  FieldError of(String value) {
    String cut = Text.beginning(value, MAX_RECEIVED_CHARS);
    return new FieldError(field, expected, reason, message, Optional.of(cut));
  }

  /** The members of {@code details}. */
  void writeFirst(JsonWriter json) {
    json.text("field", field).text("expected", expected).text("reason", reason.word);
    received.ifPresent(value -> json.text("received", value));
  }

  /** The members of an element of {@code details.fields}. */
  void write(JsonWriter json) {
    json.text("field", field)
        .text("expected", expected)
        .text("reason", reason.word)
        .text("message", message);
    received.ifPresent(value -> json.text("received", value));
  }
}
