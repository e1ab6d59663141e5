package io.sluice.loadtest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Arguments of the form {@code --name=value}, each of which is taken once. */
final class Options {
  private final Map<String, String> given = new HashMap<>();
  private final String usage;

  /**
   * @param usage what there is, for the message of a wrong one
   * @throws IllegalArgumentException when one has another form
   */
  Options(String[] args, String usage) {
    this.usage = usage;
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException(usage);
      }
      given.put(arg.substring(2, equals), arg.substring(equals + 1));
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(given.remove(name));
  }

  int number(String name, int byDefault, int least, int most) {
    int value = text(name).map(Integer::parseInt).orElse(byDefault);
    if (value < least || value > most) {
      throw new IllegalArgumentException(usage);
    }
    return value;
  }

  /** Refuses what nobody has taken. */
  void end() {
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown " + given.keySet() + "; " + usage);
    }
  }
}
