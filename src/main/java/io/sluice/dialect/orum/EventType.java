package io.sluice.dialect.orum;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The provider's types of events. */
final class EventType {
  /** All that may be asked for at once. */
  static final String ALL = "subscribe_all";

  private static final String GROUP = "_all";
  private static final List<String> OF_CUSTOMER =
      List.of("created", "verified", "rejected", "restricted", "unverified", "closed");

  static final String BOOK_TRANSFER_UPDATED = "book_transfer_updated";
  static final String SUBLEDGER_CREATED = "subledger_created";

  /** Those that are raised here, which tests may be made of. */
  static final List<String> RAISED =
      Stream.of(
              of("person", OF_CUSTOMER),
              of("business", OF_CUSTOMER),
              List.of(SUBLEDGER_CREATED, BOOK_TRANSFER_UPDATED))
          .flatMap(List::stream)
          .toList();

  /** Those of money outside, which may be asked for and never come. */
  private static final List<String> ELSEWHERE =
      Stream.of(
              of("external_account", OF_CUSTOMER),
              List.of("transfer_updated", "verify_account_updated"))
          .flatMap(List::stream)
          .toList();

  private static final List<String> GROUPS =
      List.of(
          ALL,
          "person_all",
          "business_all",
          "subledger_all",
          "book_transfer_all",
          "external_account_all",
          "transfer_all");

  /** All that may be asked for. */
  static final List<String> KNOWN =
      Stream.of(RAISED, ELSEWHERE, GROUPS).flatMap(List::stream).toList();

  private EventType() {}

  private static List<String> of(String resource, List<String> happenings) {
    return happenings.stream().map(it -> resource + "_" + it).toList();
  }

  /** The types of single events that are meant, each once; all of them where all are asked for. */
  static List<String> expanded(List<String> asked) {
    Set<String> types = new LinkedHashSet<>();
    for (String type : asked) {
      types.addAll(type.endsWith(GROUP) ? members(type) : List.of(type));
    }
    return new ArrayList<>(types);
  }

  private static List<String> members(String group) {
    if (group.equals(ALL)) {
      return Stream.of(RAISED, ELSEWHERE).flatMap(List::stream).toList();
    }
    String prefix = group.substring(0, group.length() - GROUP.length()) + "_";
    return Stream.of(RAISED, ELSEWHERE)
        .flatMap(List::stream)
        .filter(type -> type.startsWith(prefix) && !type.substring(prefix.length()).contains("_"))
        .toList();
  }

  /** What the resource of an event is called: {@code person} of {@code person_created}. */
  static String resource(String type) {
    return type.substring(0, type.lastIndexOf('_'));
  }
}
