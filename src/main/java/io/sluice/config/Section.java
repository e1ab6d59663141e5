package io.sluice.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Settings that belong together. A section is the function that reads it: as it asks for each value
 * it declares the value's key, so that name, default, bounds and meaning of a key stand in one
 * place, beside what they are read into.
 *
 * @param <T> what it is read into, usually a record with one component for each key
 */
public final class Section<T> {
  private final Function<Keys, T> reader;

  /**
   * @param reader asks for the same keys in the same order whatever their values are
   */
  public Section(Function<Keys, T> reader) {
    this.reader = reader;
  }

  /** Its keys, in the order in which they are read. */
  public List<Key<?>> keys() {
    Keys keys = new Keys(new ConfigSources(List.of()));
    reader.apply(keys);
    return keys.declared();
  }

  /** What it is when nobody sets anything. */
  public T defaults() {
    return of(Map.of());
  }

  /**
   * What it is when somebody sets these of its keys.
   *
   * @throws ConfigException when a key is not known or a value not allowed
   */
  public T of(Map<String, String> values) {
    ConfigSources sources = new ConfigSources(keys());
    values.forEach(sources::addOption);
    T settings = read(sources);
    sources.throwIfWrong();
    return settings;
  }

  T read(ConfigSources sources) {
    return reader.apply(new Keys(sources));
  }
}
