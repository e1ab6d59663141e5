package io.sluice.access;

import java.util.Set;

/** What a bearer may do. That nothing is said and that nothing is allowed are two things. */
public sealed interface Rights {
  /** Nothing at all. */
  Rights NONE = new Scopes(Set.of());

  /** Whatever the subject may: its token names no scopes, and its issuer may leave them out. */
  record Everything() implements Rights {}

  /** What these scopes allow; without any of them that is nothing. */
  record Scopes(Set<String> scopes) implements Rights {
    public Scopes {
      scopes = Set.copyOf(scopes);
    }
  }

  /** Whether they include what a scope stands for. */
  default boolean include(String scope) {
    return switch (this) {
      case Everything all -> true;
      case Scopes(Set<String> scopes) -> scopes.contains(scope);
    };
  }
}
