package io.sluice.clients;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks again for everything that has succeeded, as somebody or with something that gets nothing.
 */
record Refusals(Conversation conversation) {
  private static final String MALFORMED_ID = "nonsense";

  /**
   * Every operation by a stranger, every id by one that names nothing and one that is none, every
   * list with too large a page.
   *
   * @param unknownId well-formed
   * @param unknownStatuses what an id that names nothing may be answered with
   * @param tooMany more than a page may hold
   * @param malformedStatus what is answered to what cannot be
   */
  void provoke(String unknownId, List<Integer> unknownStatuses, int tooMany, int malformedStatus) {
    for (Ask ask : List.copyOf(conversation.succeeded().values())) {
      Operation operation = conversation.document().operation(ask.operation());
      if (ask.caller() != Caller.NOBODY) {
        conversation.ask(ask.as(Caller.STRANGER), 401);
      }
      if (operation.idInPath().isPresent()) {
        conversation.ask(ask.with("id", unknownId), unknownStatuses.toArray(Integer[]::new));
        conversation.askAmiss(ask.with("id", MALFORMED_ID), malformedStatus);
      }
      for (String size : sizes(operation)) {
        conversation.askAmiss(ask.with(size, tooMany), malformedStatus);
      }
    }
  }

  private static List<String> sizes(Operation operation) {
    var sizes = new ArrayList<>(List.of("first", "last", "size"));
    sizes.retainAll(operation.parameters().keySet());
    return sizes;
  }
}
