package io.sluice.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Declares the keys of a {@link Section} and gives the value of each: what the sources set, else
 * the default. Every method takes the full name of the key, its default and bounds, and what it
 * does, with its unit, in one or two sentences.
 */
public final class Keys {
  private final ConfigSources sources;
  private final List<Key<?>> declared = new ArrayList<>();

  Keys(ConfigSources sources) {
    this.sources = sources;
  }

  /** A whole number from {@code least} to {@code most}. */
  public int integer(String name, int normal, int least, int most, String description) {
    return value(
        new Key<>(
            name,
            Integer.toString(normal),
            "a whole number from " + least + " to " + most,
            description,
            false,
            text -> within(Integer.parseInt(text), least, most)));
  }

  /** True or false. */
  public boolean flag(String name, boolean normal, String description) {
    return value(
        new Key<>(
            name,
            Boolean.toString(normal),
            "true or false",
            description,
            false,
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw new IllegalArgumentException();
                }));
  }

  /** A text that is not empty. */
  public String text(String name, String normal, String description) {
    return value(new Key<>(name, normal, "a text", description, false, Keys::notEmpty));
  }

  /** Where a file or directory is. */
  public Path path(String name, String normal, String description) {
    return value(
        new Key<>(name, normal, "a path", description, false, text -> Path.of(notEmpty(text))));
  }

  /** One of an enum's constants, in lower case. */
  public <E extends Enum<E>> E oneOf(String name, E normal, String description) {
    Map<String, E> values =
        Arrays.stream(normal.getDeclaringClass().getEnumConstants())
            .collect(Collectors.toMap(Keys::lower, Function.identity()));
    String allowed =
        Arrays.stream(normal.getDeclaringClass().getEnumConstants())
            .map(Keys::lower)
            .collect(Collectors.joining(", ", "one of ", ""));
    return value(
        new Key<>(
            name,
            lower(normal),
            allowed,
            description,
            false,
            text ->
                Optional.ofNullable(values.get(text)).orElseThrow(IllegalArgumentException::new)));
  }

  /**
   * Something without a default.
   *
   * @param allowed the allowed values, for people
   * @param parser throws {@link IllegalArgumentException} on a value that is not allowed
   */
  public <T> Optional<T> optional(
      String name, String allowed, String description, Function<String, T> parser) {
    return optional(name, allowed, description, false, parser);
  }

  /** Something without a default whose value must never be shown. */
  public <T> Optional<T> secret(
      String name, String allowed, String description, Function<String, T> parser) {
    return optional(name, allowed, description, true, parser);
  }

  private <T> Optional<T> optional(
      String name, String allowed, String description, boolean secret, Function<String, T> parser) {
    return value(
        new Key<>(
            name,
            "",
            allowed,
            description,
            secret,
            text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.apply(text))));
  }

  /** What has been declared so far, in that order. */
  List<Key<?>> declared() {
    return List.copyOf(declared);
  }

  ConfigSources sources() {
    return sources;
  }

  private <T> T value(Key<T> key) {
    declared.add(key);
    return sources.value(key);
  }

  private static int within(int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String notEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
