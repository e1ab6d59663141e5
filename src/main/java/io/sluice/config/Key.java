package io.sluice.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One configuration key.
 *
 * @param name dotted, as in the file: {@code http.maxBodyBytes}
 * @param defaultText the value when nobody sets it; empty means "not set"
 * @param allowed the allowed values, for people: {@code a whole number from 1 to 65535}
 * @param description what the key does, with its unit, in one or two sentences
 * @param secret whether the value must never be shown
 * @param parser throws {@link IllegalArgumentException} on a value that is not allowed
 */
public record Key<T>(
    String name,
    String defaultText,
    String allowed,
    String description,
    boolean secret,
    Function<String, T> parser) {
  private static final String ENVIRONMENT_PREFIX = "SLUICE_";

  /**
   * The variable that overrides the key: {@code http.maxBodyBytes} is {@code
   * SLUICE_HTTP_MAX_BODY_BYTES}.
   */
  public String variable() {
    return variable(name);
  }

  /** The key's default, parsed. */
  public T defaultValue() {
    return parser.apply(defaultText);
  }

  static String variable(String name) {
    return ENVIRONMENT_PREFIX
        + name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|\\.", "_").toUpperCase(Locale.ROOT);
  }

  static boolean isVariable(String name) {
    return name.startsWith(ENVIRONMENT_PREFIX);
  }
}
