package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a dialect says that a request does not fit: at the first flaw, by throwing {@link
 * ApiException}, or at the end, of all that were noted.
 */
public interface Grammar {
  /**
   * Says so, or notes it. Reading goes on with a stand-in if this returns.
   *
   * @param at where
   * @param found what stands there; for what is missing, the object that lacks it
   * @param wanted what should
   */
  void amiss(Place at, JsonNode found, Wanted<?> wanted, Flaw flaw);

  /** Whether JSON null is the same as nothing. */
  default boolean nullIsAbsent() {
    return true;
  }
}
