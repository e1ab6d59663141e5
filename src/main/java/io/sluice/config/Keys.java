package io.sluice.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Declares the keys of a {@link Section} and gives the value of each: what the sources set, else
 * the default.
 */
public final class Keys {
  private final ConfigSources sources;
  private final List<Key<?>> declared = new ArrayList<>();

  Keys(ConfigSources sources) {
    this.sources = sources;
  }

  /** What the key does that is declared next, with its unit, in one or two sentences. */
  public About about(String description) {
    return new About(description);
  }

  /** Declares a key. Every method takes its full name, its default and its bounds. */
  public final class About {
    private final String description;

    private About(String description) {
      this.description = description;
    }

    /** A whole number from {@code least} to {@code most}. */
    public int integer(String name, int normal, int least, int most) {
      String allowed = "a whole number from " + least + " to " + most;
      String text = Integer.toString(normal);
      return value(name, text, allowed, set -> within(Integer.parseInt(set), least, most));
    }

    /** True or false. */
    public boolean flag(String name, boolean normal) {
      return value(name, Boolean.toString(normal), "true or false", Keys::truth);
    }

    /** A text that is not empty. */
    public String text(String name, String normal) {
      return value(name, normal, "a text", Keys::notEmpty);
    }

    /**
     * A text of a certain form.
     *
     * @param form a regular expression
     * @param allowed the same for people
     */
    public String matching(String name, String normal, String form, String allowed) {
      return value(name, normal, allowed, text -> fitting(text, form));
    }

    /** Where a file or directory is. */
    public Path path(String name, String normal) {
      return value(name, normal, "a path", text -> Path.of(notEmpty(text)));
    }

    /** One of an enum's constants, in lower case. */
    public <E extends Enum<E>> E oneOf(String name, E normal) {
      Map<String, E> values = new LinkedHashMap<>();
      for (E constant : normal.getDeclaringClass().getEnumConstants()) {
        values.put(lower(constant), constant);
      }
      String allowed = "one of " + String.join(", ", values.keySet());
      return value(
          name,
          lower(normal),
          allowed,
          text -> Optional.ofNullable(values.get(text)).orElseThrow(IllegalArgumentException::new));
    }

    /**
     * Something without a default.
     *
     * @param allowed the allowed values, for people
     * @param parser throws {@link IllegalArgumentException} on a value that is not allowed
     */
    public <T> Optional<T> optional(String name, String allowed, Function<String, T> parser) {
      return value(name, "", allowed, unlessEmpty(parser));
    }

    /** Something without a default whose value must never be shown. */
    public <T> Optional<T> secret(String name, String allowed, Function<String, T> parser) {
      return declare(new Key<>(name, "", allowed, description, true, unlessEmpty(parser)));
    }

    private <T> T value(String name, String normal, String allowed, Function<String, T> parser) {
      return declare(new Key<>(name, normal, allowed, description, false, parser));
    }
  }

  /** What has been declared so far, in that order. */
  List<Key<?>> declared() {
    return List.copyOf(declared);
  }

  ConfigSources sources() {
    return sources;
  }

  private <T> T declare(Key<T> key) {
    declared.add(key);
    return sources.value(key);
  }

  private static String fitting(String text, String form) {
    if (!text.matches(form)) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static int within(int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static <T> Function<String, Optional<T>> unlessEmpty(Function<String, T> parser) {
    return text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.apply(text));
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
