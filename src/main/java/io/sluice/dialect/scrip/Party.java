package io.sluice.dialect.scrip;

import java.util.Optional;
import java.util.UUID;

/**
 * Somebody as a request names them.
 *
 * @param kind which kind of name
 * @param reference the external id as given, or the UUID in lower case
 * @param field the member that named them, for messages
 */
record Party(Kind kind, String reference, String field) {
  /** The kinds of names. */
  enum Kind {
    EXTERNAL_ID("external_id", "participant"),
    PARTICIPANT_ID("participant_id", "participant"),
    GROUP_ID("group_id", "group");

    private final String member;
    private final String noun;

    Kind(String member, String noun) {
      this.member = member;
      this.noun = noun;
    }
  }

  static final int MAX_EXTERNAL_ID_CHARS = 255;

  /**
   * Reads the one of three members that names somebody.
   *
   * @param prefix what the members' names start with: {@code source_} or nothing
   */
  static Party read(Fields fields, String prefix) {
    Optional<Kind> found = Optional.empty();
    for (Kind kind : Kind.values()) {
      if (fields.has(prefix + kind.member)) {
        if (found.isPresent()) {
          throw oneOf(fields, prefix, "only one of ");
        }
        found = Optional.of(kind);
      }
    }
    Kind kind = found.orElseThrow(() -> oneOf(fields, prefix, "one of "));
    String name = prefix + kind.member;
    String reference =
        kind == Kind.EXTERNAL_ID
            ? fields.text(name, 1, MAX_EXTERNAL_ID_CHARS)
            : fields.uuid(name).toString();
    return new Party(kind, reference, fields.path(name));
  }

  private static RuntimeException oneOf(Fields fields, String prefix, String howMany) {
    var names = new StringBuilder("give ").append(howMany);
    String separator = "";
    for (Kind kind : Kind.values()) {
      names.append(separator).append(fields.path(prefix + kind.member));
      separator = ", ";
    }
    return Fields.refuse(names.toString());
  }

  boolean isGroup() {
    return kind == Kind.GROUP_ID;
  }

  /** What messages call them. */
  String noun() {
    return kind.noun;
  }

  /** The UUID that names them; empty for an external id. */
  Optional<UUID> uuid() {
    return kind == Kind.EXTERNAL_ID ? Optional.empty() : Optional.of(UUID.fromString(reference));
  }

  /** Equal for the same name, whichever member gave it. */
  Key key() {
    return new Key(kind, reference);
  }

  /** A name without its place in a request. */
  record Key(Kind kind, String reference) {}
}
