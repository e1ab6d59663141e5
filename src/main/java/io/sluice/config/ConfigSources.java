package io.sluice.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Collects what the file, the environment and the command line set, and everything wrong in it. */
final class ConfigSources {
  /** Who may be asked for tokens besides Sluice: {@code access.issuers.NAME.FIELD}. */
  static final String ISSUER_PREFIX = "access.issuers.";

  private static final int MAX_HINT_DISTANCE = 12;

  /** A value and where it came from, for messages. */
  record Setting(String text, String origin) {}

  private final List<Key<?>> known;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param known the keys that may be set
   */
  ConfigSources(List<Key<?>> known) {
    this.known = known;
  }

  /** Reads {@code key = value} lines; {@code #} begins a comment line. */
  void addFile(Path file) {
    try {
      Map<String, Integer> seen = new HashMap<>();
      int number = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
          addLine(text, file + " line " + number, number, seen);
        }
      }
      FilePermissions.openToOthers(file).ifPresent(open -> refuseSecrets(file, seen, open));
    } catch (IOException e) {
      problems.add("the configuration file " + file + " cannot be read: " + reason(e));
    }
  }

  private void refuseSecrets(Path file, Map<String, Integer> seen, String open) {
    known.stream()
        .filter(key -> key.secret() && seen.containsKey(key.name()))
        .forEach(
            key ->
                problems.add(
                    ("%s sets the secret %s and is open to others than its owner (%s): chmod 600"
                            + " %s, or set %s")
                        .formatted(file, key.name(), open, file, key.variable())));
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException none -> "it does not exist";
      case AccessDeniedException denied -> "this user may not read it";
      case CharacterCodingException binary -> "it is not UTF-8 text";
      default -> failure.getMessage();
    };
  }

  private void addLine(String line, String origin, int number, Map<String, Integer> seen) {
    int equals = line.indexOf('=');
    if (equals < 1) {
      problems.add(origin + " is not of the form key = value");
      return;
    }
    String key = line.substring(0, equals).strip();
    Integer earlier = seen.putIfAbsent(key, number);
    if (earlier != null) {
      problems.add(origin + " sets " + key + " again, after line " + earlier);
    }
    set(key, line.substring(equals + 1).strip(), origin);
  }

  /**
   * Takes each {@code SLUICE_*} variable that is neither blank nor a service link of Kubernetes;
   * the others are somebody else's.
   */
  void addEnvironment(Map<String, String> environment) {
    Map<String, String> names = new HashMap<>();
    knownNames().forEach(name -> names.put(Key.variable(name), name));
    settings.keySet().forEach(name -> names.put(Key.variable(name), name));
    for (String variable : new TreeSet<>(environment.keySet())) {
      String value = environment.get(variable).strip();
      if (!Key.isVariable(variable) || value.isEmpty() || ServiceLinks.include(variable, value)) {
        continue;
      }
      String origin = "the environment variable " + variable;
      String name = names.get(variable);
      if (name == null) {
        problems.add(unknown(origin, variable, names.keySet()));
      } else {
        set(name, value, origin);
      }
    }
  }

  /** What the command line sets comes before everything else. */
  void addOption(String name, String value) {
    set(name, value, "the option for " + name);
  }

  /** A key's value; the default when it is not set or cannot be used, which is then reported. */
  <T> T value(Key<T> key) {
    Setting setting = settings.get(key.name());
    if (setting == null) {
      return key.defaultValue();
    }
    try {
      return key.parser().apply(setting.text());
    } catch (RuntimeException _) {
      problems.add(bad(key, setting));
      return key.defaultValue();
    }
  }

  /** The settings below a prefix, by the rest of their name. */
  Map<String, Setting> below(String prefix) {
    Map<String, Setting> found = new LinkedHashMap<>();
    settings.forEach(
        (name, setting) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), setting);
          }
        });
    return found;
  }

  void addProblem(String problem) {
    problems.add(problem);
  }

  void throwIfWrong() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private void set(String name, String text, String origin) {
    if (name.startsWith(ISSUER_PREFIX) || knownNames().anyMatch(name::equals)) {
      settings.put(name, new Setting(text, origin));
    } else {
      problems.add(unknown(origin, name, knownNames().toList()));
    }
  }

  private static String bad(Key<?> key, Setting setting) {
    String shown = key.secret() ? "a value that is not shown" : "\"" + setting.text() + "\"";
    return "%s is %s in %s, but must be %s"
        .formatted(key.name(), shown, setting.origin(), key.allowed());
  }

  private static String unknown(String origin, String name, Collection<String> known) {
    String nearest =
        EditDistance.nearest(name, known, MAX_HINT_DISTANCE)
            .map(hint -> "; the nearest known one is " + hint)
            .orElse("");
    return origin + " sets the unknown key " + name + nearest;
  }

  private Stream<String> knownNames() {
    return known.stream().map(Key::name);
  }
}
