package io.sluice.gateway;

import java.util.List;

/**
 * The path of an operation.
 *
 * @param parts between its slashes: literal ones, and {@code :names} of parameters
 */
record Template(List<String> parts) {
  private static final char PARAMETER = ':';

  static Template of(String path) {
    return new Template(path.equals("/") ? List.of() : List.of(path.substring(1).split("/")));
  }

  /** Whether a path is one of these; no parameter is empty. */
  boolean matches(List<String> segments) {
    if (segments.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      String segment = segments.get(i);
      if (part.charAt(0) == PARAMETER ? segment.isEmpty() : !part.equals(segment)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all its paths are another's, too, because parts are literal which that leaves open. */
  boolean isNarrowerThan(Template other) {
    if (parts.size() != other.parts.size()) {
      return false;
    }
    boolean narrower = false;
    for (int i = 0; i < parts.size(); i++) {
      boolean literal = parts.get(i).charAt(0) != PARAMETER;
      boolean open = other.parts.get(i).charAt(0) == PARAMETER;
      if (!open && !parts.get(i).equals(other.parts.get(i))) {
        return false;
      }
      narrower |= literal && open;
    }
    return narrower;
  }

  /** Where a parameter stands; negative where there is none of that name. */
  int position(String parameter) {
    for (int i = 0; i < parts.size(); i++) {
      if (isNamed(parts.get(i), parameter)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isNamed(String part, String parameter) {
    return part.charAt(0) == PARAMETER
        && part.length() == parameter.length() + 1
        && part.endsWith(parameter);
  }
}
