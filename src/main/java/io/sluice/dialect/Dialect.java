package io.sluice.dialect;

import java.util.List;

/**
 * One provider's API. A dialect parses, validates and renders; it knows no SQL and moves no value
 * itself.
 */
public interface Dialect {
  /** Lower-case, as in metrics and configuration: {@code isometric}, {@code orum}, … */
  String name();

  /** Every operation that the dialect's OpenAPI document lists, and no other. */
  List<Endpoint> endpoints();

  /**
   * Whether an unknown path belongs to this dialect, so that its own error body is sent. The first
   * dialect that says yes wins.
   */
  boolean owns(String path);

  /** The dialect's own body for what goes wrong outside its handlers. */
  Answer fault(Fault fault);
}
