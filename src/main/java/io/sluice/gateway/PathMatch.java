package io.sluice.gateway;

import java.util.List;

/**
 * A request's target as the path of an operation.
 *
 * @param template the operation's path
 */
record PathMatch(Template template, Target target) {
  private static final Template NOTHING = new Template(List.of());

  /** Of a request that is for no operation. */
  static PathMatch none(Target target) {
    return new PathMatch(NOTHING, target);
  }

  /** The decoded value of a parameter in the path; null where the path has none of that name. */
  String parameter(String name) {
    int position = template.position(name);
    return position < 0 ? null : target.segments().get(position);
  }
}
