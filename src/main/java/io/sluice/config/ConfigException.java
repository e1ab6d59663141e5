package io.sluice.config;

import java.util.List;

/** The configuration cannot be used. Holds every problem that was found, not only the first. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Always an immutable list of texts, which is serializable.
  private final List<String> problems;

  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each problem; never empty, never with a secret inside. */
  public List<String> problems() {
    return problems;
  }
}
