package io.sluice.dialect;

import java.util.Map;

/** Leads from an error to the row of a page that says what to do about it. */
public final class Help {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_OF_OURS = 500;

  private Help() {}

  /**
   * An error with a link to its row, relative to whatever address the client knows. What comes in
   * masses where there is too much to do, or is no fault of the client's, goes without: it says
   * itself whether to try again, and has to stay cheap.
   *
   * @param json the body
   * @param code by which the page knows it: the error's own, or its status
   */
  public static Answer answer(JsonWriter json, int status, String dialect, String code) {
    return status == TOO_MANY_REQUESTS || status >= FIRST_OF_OURS
        ? json.toAnswer(status)
        : new Answer(
            status,
            Answer.JSON,
            json.toBuffer(),
            Map.of("Link", "</reference/errors#" + dialect + "-" + code + ">; rel=\"help\""));
  }
}
