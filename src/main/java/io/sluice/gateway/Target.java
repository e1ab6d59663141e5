package io.sluice.gateway;

import io.sluice.dialect.Fault;
import io.sluice.dialect.FaultException;
import io.sluice.dialect.PercentEncoding;
import io.sluice.dialect.PercentEncoding.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request is for, read once: whose path it is, which operation's, with which parameters, and
 * what an answer says of it are all told from this.
 *
 * @param authority the host and port of a target in absolute form, which count for those of the
 *     Host header; empty for a target that is a path
 * @param path as it was sent
 * @param segments the decoded parts of the path between its slashes; one slash at the end of a path
 *     says nothing
 * @param query the decoded parameters of the query, each with its values in their order
 * @param objection why the target is none; everything but the path as it was sent is empty then
 */
record Target(
    Optional<String> authority,
    String path,
    List<String> segments,
    Map<String, List<String>> query,
    Optional<Fault> objection) {
  private static final List<String> SCHEMES = List.of("http://", "https://");
  private static final Pattern DOTS = Pattern.compile("(?:^|/)\\.\\.?(?:/|$)");

  /** Reads a request's target, whatever it looks like. */
  static Target of(String target) {
    int scheme = lengthOfScheme(target);
    boolean absolute = scheme > 0;
    int start = absolute ? endOfAuthority(target, scheme) : 0;
    Optional<String> authority =
        absolute ? Optional.of(target.substring(scheme, start)) : Optional.empty();
    int mark = target.indexOf('?', start);
    String sent = target.substring(start, mark < 0 ? target.length() : mark);
    String path = absolute && sent.isEmpty() ? "/" : sent;
    String query = mark < 0 ? "" : target.substring(mark + 1);
    try {
      if (target.indexOf('#') >= 0) {
        throw refused("the request's target has a fragment");
      }
      return new Target(authority, path, segments(path), pairs(query), Optional.empty());
    } catch (FaultException e) {
      return new Target(authority, path, List.of(), Map.of(), Optional.of(e.fault()));
    }
  }

  private static FaultException refused(String reason) {
    return new FaultException(new Fault.BadRequest(reason));
  }

  /** Whose path it is, with its escapes decoded where there are any. */
  String place() {
    return path.indexOf('%') < 0 || segments.isEmpty() ? path : "/" + String.join("/", segments);
  }

  /** None where the target is a path, as nearly all are. */
  private static int lengthOfScheme(String target) {
    if (target.startsWith("/")) {
      return 0;
    }
    for (String scheme : SCHEMES) {
      if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return 0;
  }

  private static int endOfAuthority(String target, int start) {
    int end = start;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    return end;
  }

  private static List<String> segments(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      throw refused("the request's target is no path");
    }
    List<String> segments = new ArrayList<>();
    int start = 1;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      segments.add(segment(path.substring(start, end)));
      start = end + 1;
    }
    return segments;
  }

  private static String segment(String encoded) {
    try {
      String text = PercentEncoding.text(encoded);
      if (leadsElsewhere(text)) {
        throw refused("the path must not have dot segments");
      }
      return text;
    } catch (Unreadable e) {
      throw refused("the path " + e.getMessage());
    }
  }

  /** A proxy may take an encoded slash for a plain one, and dots between them for a way up. */
  private static boolean leadsElsewhere(String segment) {
    return segment.indexOf('.') >= 0 && DOTS.matcher(segment).find();
  }

  private static Map<String, List<String>> pairs(String query) {
    try {
      return query.isEmpty() ? Map.of() : PercentEncoding.pairs(query);
    } catch (Unreadable e) {
      throw refused("the query " + e.getMessage());
    }
  }
}
