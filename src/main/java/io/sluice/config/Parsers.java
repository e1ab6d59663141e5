package io.sluice.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes keys of the common types. */
final class Parsers {
  private Parsers() {}

  static Key<Integer> integer(String name, int normal, int least, int most, String description) {
    return new Key<>(
        name,
        Integer.toString(normal),
        "a whole number from " + least + " to " + most,
        description,
        false,
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException();
          }
          return value;
        });
  }

  static Key<Boolean> flag(String name, boolean normal, String description) {
    return new Key<>(
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
            });
  }

  static Key<String> text(String name, String normal, String description) {
    return new Key<>(name, normal, "a text", description, false, Parsers::notEmpty);
  }

  static Key<Path> path(String name, String normal, String description) {
    return new Key<>(name, normal, "a path", description, false, text -> Path.of(notEmpty(text)));
  }

  /** A key without a default. */
  static <T> Key<Optional<T>> optional(
      String name, String allowed, String description, boolean secret, Function<String, T> parser) {
    return new Key<>(
        name,
        "",
        allowed,
        description,
        secret,
        text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.apply(text)));
  }

  static <E extends Enum<E>> Key<E> oneOf(
      String name, Class<E> type, E normal, String description) {
    String allowed =
        Arrays.stream(type.getEnumConstants())
            .map(Parsers::lower)
            .collect(Collectors.joining(", ", "one of ", ""));
    return new Key<>(
        name,
        lower(normal),
        allowed,
        description,
        false,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(value -> lower(value).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
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
